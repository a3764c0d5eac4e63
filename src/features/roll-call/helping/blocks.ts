/** 要救助の方: the list, and the form that clears one. */
import type { types } from '@slack/bolt';
import {
  button,
  contextLine,
  markdownSection,
  noticeSections,
  plain,
  plainSections,
} from '../../../slack/block-kit.ts';
import { input, textArea } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { answeringText } from '../answering/text.ts';
import type { RollCall } from '../data.ts';
import type { Look } from '../parts.ts';
import { mayClearHelp, maySeePeopleOf } from '../rules.ts';
import { nameOf, rollCallText } from '../text.ts';
import type { Helped } from './data.ts';
import { helpingText as text } from './text.ts';

export const HELP_VIEW = 'roll-call.help.view';
export const CLEAR_BUTTON = 'roll-call.help.clear';
export const CLEAR_FORM = 'roll-call.help.clear.form';
export const MAX_REASON = 300;
/** With the heads of centers below Slack's limit of a view. */
const MAX_SHOWN = 60;
const MAX_BLOCKS = 100;

/**
 * Names where this person may read them, counts elsewhere.
 * @param reasons why help was cleared, by person: for pages only
 */
export function helpView(
  { rollCall, actor, standIn }: Look,
  helped: readonly Helped[],
  {
    notices,
    links,
    reasons,
  }: {
    notices: readonly string[];
    links: readonly types.Button[];
    reasons: ReadonlyMap<string, string>;
  },
): ModalView {
  // Whoever left the roster meanwhile still needs help.
  const open = helped.filter(({ helpClearedAt }) => helpClearedAt === null);
  const mine = open.filter(({ center }) => maySeePeopleOf(actor, center));
  const others = open.filter(({ center }) => !maySeePeopleOf(actor, center));
  const cleared = helped.filter(
    ({ helpClearedAt, center }) => helpClearedAt !== null && maySeePeopleOf(actor, center),
  );
  const blocks: types.KnownBlock[] = [
    ...noticeSections(notices),
    markdownSection(`*${nameOf(rollCall)}*\n${open.length === 0 ? text.none : text.count(open.length)}`),
    ...byCenter(mine.slice(0, MAX_SHOWN)).flatMap((people) => [
      markdownSection(text.center(escapeMrkdwn(people[0]?.centerShort ?? ''), people.length)),
      ...people.map((each) => personBlock(each, mayClearHelp(actor, standIn, each.center))),
    ]),
    ...(mine.length > MAX_SHOWN ? [contextLine(text.more(mine.length - MAX_SHOWN))] : []),
    ...byCenter(others).map((people) =>
      contextLine(text.elsewhere(escapeMrkdwn(people[0]?.centerShort ?? ''), people.length)),
    ),
    ...(cleared.length > 0 ? [{ type: 'divider' as const }, markdownSection(`*${text.cleared}*`)] : []),
    ...cleared.slice(0, MAX_SHOWN).map((each) => contextLine(clearedLine(each, reasons.get(each.person)))),
  ];
  return {
    type: 'modal',
    callback_id: HELP_VIEW,
    private_metadata: rollCall.id,
    title: plain(text.title),
    close: plain(rollCallText.close),
    blocks: [
      ...blocks.slice(0, MAX_BLOCKS - 1),
      ...(links.length > 0 ? [{ type: 'actions' as const, elements: [...links] }] : []),
    ],
  };
}

/** The form that clears one request for help. */
export function clearForm(rollCall: RollCall, helped: Helped & { helpSince: Date }): ModalView {
  const { person, name, centerShort, helpSince } = helped;
  return {
    type: 'modal',
    callback_id: CLEAR_FORM,
    private_metadata: markOf(helped),
    title: plain(text.form.title),
    submit: plain(text.form.submit),
    close: plain(rollCallText.cancel),
    blocks: [
      ...plainSections(`${nameOf(rollCall)}\n${text.form.about(name, centerShort, helpSince)}`),
      input(
        `reason.${person}`,
        { label: text.form.reason, hint: text.form.reasonHint },
        textArea({ max: MAX_REASON }),
        true,
      ),
    ],
  };
}

/** Of a button and of the form: which request for help of whom. */
function markOf({ rollCallId, person, helpSince }: Helped): string {
  return `${rollCallId}/${person}/${helpSince?.getTime() ?? 0}`;
}

/** Reads it; of anything else, what finds nothing. */
export function readValue(value: string): { rollCallId: string; person: string; since: Date } {
  const [rollCallId = '', person = '', since = ''] = value.split('/');
  return { rollCallId, person, since: new Date(/^\d{1,15}$/.test(since) ? Number(since) : 0) };
}

function personBlock(helped: Helped, mayClear: boolean): types.SectionBlock {
  const { name, helpSince } = helped;
  const line = text.line(name, helpSince ?? new Date(0), answeringText.answerWords(helped));
  return {
    ...markdownSection(escapeMrkdwn(line)),
    ...(mayClear ? { accessory: button(CLEAR_BUTTON, text.clear, markOf(helped)) } : {}),
  };
}

function clearedLine({ name, centerShort, clearedByName, helpClearedAt }: Helped, reason?: string): string {
  const line = text.clearedLine(name, centerShort, clearedByName ?? '', helpClearedAt ?? new Date(0));
  return escapeMrkdwn([line, ...(reason === undefined ? [] : [text.reason(reason)])].join('　'));
}

function byCenter(people: readonly Helped[]): Helped[][] {
  return [...Map.groupBy(people, ({ center }) => center).values()];
}
