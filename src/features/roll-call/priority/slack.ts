/** 優先安否確認 in Slack: the number, and the way to the pages. Names never come here. */
import { contextLine, markdownSection, noticeSections, plain } from '../../../slack/block-kit.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { textValue } from '../../../slack/form.ts';
import { input, textLine } from '../../../slack/inputs.ts';
import { linkButton, linkMessage, linkView, type ModalView, openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { actorOf } from '../../directory/gate.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { ACTIONS } from '../actions.ts';
import type { RollCall } from '../data.ts';
import { openRollCall } from '../opening/mutations.ts';
import { nameOf, titled } from '../text.ts';
import { PRIORITY_FORM } from './actions.ts';
import { checksOf } from './data.ts';
import { PRIORITY, setNumber } from './mutations.ts';
import { isListed } from './parts.ts';
import { checksPath, PRIORITY_PATH } from './paths.ts';
import { countResidents, findNumber } from './residents/data.ts';
import { priorityCenterOf } from './rules.ts';
import { readTotal } from './schema.ts';
import { priorityText as text } from './text.ts';

export const priorityInSlack: SlackFeature = {
  presses: { [PRIORITY_FORM]: pressPriority, [ACTIONS.checks.actionId]: pressChecks },
  submissions: { [PRIORITY_FORM]: submitNumber },
};

/** The number, with the way to the list; on pages the page itself. */
async function pressPriority(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const center = priorityCenterOf(actor);
  if (center === undefined) return refuse(press, PRIORITY.prepare, 'not-yours');
  if (scope.page) return scope.page.goTo(PRIORITY_PATH);
  const [number, listed] = await Promise.all([
    findNumber(scope.db, center),
    countResidents(scope.db, center),
  ]);
  const view = numberForm(scope, actor, { number, listed });
  await openModal(press, view, { holds: 'references', page: PRIORITY_PATH });
}

interface Kept {
  number: { total: number; version: number } | undefined;
  listed: number;
}

function numberForm(
  scope: Scope,
  actor: Actor,
  { number, listed }: Kept,
  notices: readonly string[] = [],
): ModalView {
  const words = text.number;
  const isAsked = listed === 0;
  return {
    type: 'modal',
    callback_id: PRIORITY_FORM,
    private_metadata: String(number?.version ?? 0),
    title: plain(text.checks.title),
    ...(isAsked ? { submit: plain(words.save) } : {}),
    close: plain(text.close),
    blocks: [
      ...noticeSections(notices),
      { type: 'section', text: plain(`${actor.center.short}\n${text.lead}`) },
      ...(isAsked
        ? [
            input(
              'total',
              { label: words.label, hint: words.hint },
              textLine({ max: 10, initial: number ? String(number.total) : null }),
              true,
            ),
          ]
        : [markdownSection(words.fromList(listed))]),
      contextLine(text.list.lead),
      { type: 'actions', elements: [linkButton(scope, PRIORITY_PATH)] },
    ],
  };
}

async function submitNumber({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const total = readTotal(textValue(values, 'total') ?? '');
  if (total === undefined) return { errors: { total: text.number.fault } };
  const seen = readTotal(metadata) ?? 0;
  const { scope } = context;
  const actor = actorOf(context);
  const saved = await setNumber(scope, actor, { total, seen });
  if (saved.ok) {
    if (scope.page) return 'close';
    const view = numberForm(scope, actor, { number: saved.value, listed: 0 }, [text.number.saved(total)]);
    return { update: view, holds: 'references' };
  }
  const { refusal } = saved;
  if (refusal.reason !== 'changed') return { errors: { total: text.refusals['not-yours'] } };
  const { stored } = refusal;
  const notices = [text.number.changed(stored.total)];
  return {
    update: numberForm(scope, actor, { number: { total, version: stored.version }, listed: 0 }, notices),
    holds: 'references',
  };
}

/** Where the center ticks off: a page, since names stand there. */
async function pressChecks(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const center = priorityCenterOf(actor);
  if (center === undefined) return refuse(press, PRIORITY.check, 'not-yours');
  const found = await openRollCall(scope, actor, press.value, PRIORITY.check);
  if (!found.ok) return say(press, text.refusals['not-found']);
  const { rollCall } = found.value;
  if (rollCall.status !== 'running') return refuse(press, PRIORITY.check, 'not-running', rollCall);
  const path = checksPath(rollCall.reference);
  if (scope.page) return scope.page.goTo(path);
  const own = (await checksOf(scope.db, rollCall.id)).get(center);
  const sentence =
    own && isListed(own)
      ? `${nameOf(rollCall)}\n${text.part.line(own.done, own.total)}`
      : `${nameOf(rollCall)}\n${text.part.noList}`;
  if (press.modal)
    return openModal(press, linkView(scope, path, sentence), {
      holds: 'references',
      page: path,
      inModal: 'push',
    });
  await sayTo(scope, press.person, press.channel, linkMessage(scope, path, sentence));
}

async function refuse(
  press: Press,
  action: string,
  reason: keyof typeof text.refusals,
  rollCall?: RollCall,
): Promise<void> {
  await noteRefusal(press.context.scope, actorOf(press.context), action, { detail: { reason } });
  const sentence = text.refusals[reason];
  await say(press, rollCall ? titled(rollCall, sentence) : sentence);
}

function say(press: Press, sentence: string): Promise<void> {
  return sayTo(press.context.scope, press.person, press.channel, { text: sentence });
}
