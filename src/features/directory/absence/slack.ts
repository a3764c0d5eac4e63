/** 不在と代理 in 設定: the form and the list. */
import { japanDate } from '../../../lib/jst.ts';
import type { RequestContext } from '../../../slack/app.ts';
import type { Press, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { type ModalView, openModal } from '../../../slack/modal.ts';
import { listCenterStaff } from '../data.ts';
import { actorOf } from '../gate.ts';
import { SETTINGS_WAY } from '../settings/paths.ts';
import type { SettingsSection } from '../settings/slack.ts';
import { ABSENCE_FORM, absenceModal, blockOf, END_ABSENCE } from './blocks.ts';
import { listAbsencesOfCenter } from './data.ts';
import { endAbsence, type NotedAbsence, type NoteRefusal, noteAbsence } from './mutations.ts';
import { ABSENCE_FIELDS, type AbsenceErrors, readAbsenceForm } from './schema.ts';
import { absenceText as text } from './text.ts';

export const absenceSection: SettingsSection = {
  label: text.label,
  summary: text.summary,
  actionId: 'settings.absence',
  isFor: () => true,
  async press(press) {
    await openModal(press, await modalFor(press.context, 0, []), SETTINGS_WAY);
  },
  presses: { [END_ABSENCE]: pressEnd },
  submissions: { [ABSENCE_FORM]: submitAbsence },
};

async function submitAbsence({ context, viewId, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const form = formNumber(metadata);
  const ofField = Object.fromEntries(
    ABSENCE_FIELDS.map((field) => [field, values[blockOf(field, form)] ?? null]),
  );
  const read = readAbsenceForm(ofField, japanDate(scope.now));
  if (!read.ok) return errorsIn(form, read.refusal);
  const wanted = { ...read.value, person: read.value.person ?? actor.slackUserId };
  const noted = await noteAbsence(scope, actor, wanted, `${actor.slackUserId}/${viewId}/${form}`);
  if (!noted.ok) return errorsIn(form, errorsOf(noted.refusal, read.value.person !== null));
  return { update: await modalFor(context, form + 1, sentencesOf(noted.value)), holds: 'references' };
}

async function pressEnd(press: Press): Promise<void> {
  const { context, modal } = press;
  const ended = await endAbsence(context.scope, actorOf(context), press.value);
  const notice = ended.ok
    ? text.ended(ended.value.personName, text.span(ended.value.fromOn, ended.value.untilOn))
    : text.notFound;
  await openModal(press, await modalFor(context, formNumber(modal?.metadata ?? ''), [notice]), {
    ...SETTINGS_WAY,
    inModal: 'replace',
  });
}

async function modalFor(
  context: RequestContext,
  form: number,
  notices: readonly string[],
): Promise<ModalView> {
  const { db, now } = context.scope;
  const actor = actorOf(context);
  const [colleagues, absences] = await Promise.all([
    listCenterStaff(db, actor.center.code),
    listAbsencesOfCenter(db, actor.center.code, japanDate(now)),
  ]);
  return absenceModal(actor, colleagues, absences, form, notices);
}

/** From the modal's metadata; 0 for whatever is none of ours. */
function formNumber(metadata: string): number {
  return /^\d{1,6}$/.test(metadata) ? Number(metadata) : 0;
}

function errorsIn(form: number, errors: AbsenceErrors): SubmissionAnswer {
  const entries = ABSENCE_FIELDS.flatMap((field) => {
    const sentence = errors[field];
    return sentence === undefined ? [] : [[blockOf(field, form), sentence] as const];
  });
  return { errors: Object.fromEntries(entries) };
}

function errorsOf(refusal: NoteRefusal, asksWhose: boolean): AbsenceErrors {
  const { errors } = text;
  switch (refusal.reason) {
    case 'not-of-center':
      return { [asksWhose ? 'person' : 'fromOn']: errors.notOfCenter };
    case 'deputy-not-of-center':
      return { deputy: errors.deputyNotOfCenter };
    case 'deputy-is-self':
      return { deputy: errors.deputyIsSelf };
    case 'overlaps':
      return { fromOn: errors.overlaps(text.span(refusal.fromOn, refusal.untilOn)) };
    case 'sent-before':
      return { fromOn: errors.sentBefore };
  }
}

function sentencesOf({ personName, deputyName, fromOn, untilOn, gaps }: NotedAbsence): string[] {
  return [
    text.noted(personName, text.span(fromOn, untilOn), deputyName),
    ...gaps.map((gap) => {
      const days = text.span(gap.fromOn, gap.untilOn);
      return gap.standInName === undefined
        ? text.deputyAbsentAlone(deputyName, days)
        : text.deputyAbsent(deputyName, days, gap.standInName);
    }),
  ];
}
