/** Buttons that several subjects show, each heard where its subject is. Their values are ids of roll-calls. */
import { button } from '../../slack/block-kit.ts';
import { rollCallText } from './text.ts';

const text = rollCallText.actions;

const of = (actionId: string, label: string, style?: 'primary' | 'danger') => ({
  actionId,
  button: (id: string) => ({ ...button(actionId, label, id), ...(style ? { style } : {}) }),
});

export const ACTIONS = {
  /** One tap: 無事, nothing else asked. */
  safe: of('roll-call.safe', text.safe, 'primary'),
  /** The form of one's own answer. */
  reply: of('roll-call.reply', text.reply),
  replyFor: of('roll-call.reply-for', text.replyFor),
  centerReport: of('roll-call.center-report', text.centerReport),
  checks: of('roll-call.checks', text.checks),
  /** One roll-call: what it asks, how one stands oneself, the board. */
  open: of('roll-call.open', text.open),
  silent: of('roll-call.silent', text.silent),
  help: of('roll-call.help', text.help),
  end: of('roll-call.end', text.end, 'danger'),
  lesson: of('roll-call.lesson', text.lesson),
} as const;
