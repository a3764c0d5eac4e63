/** The button 活動を記録する: its form, and the forms that change what is planned. */
import type { types } from '@slack/bolt';
import { contextLine } from '../../../slack/block-kit.ts';
import { actionIdOf } from '../blocks.ts';
import { openCaseKeyOf } from '../content/data.ts';
import { listFlags } from '../disclosure/data.ts';
import { isUseStopped } from '../disclosure/rules.ts';
import { disclosureText } from '../disclosure/text.ts';
import { type CasePart, formInSlack, type Opened } from '../forms.ts';
import { noteReading } from '../reading/mutations.ts';
import {
  contentInputs,
  doneDay,
  headingOf,
  kindInputs,
  meetingInputs,
  PLAN_FORMS,
  plannedBlocks,
  reasonInput,
} from './blocks.ts';
import { type Activity, findActivity, listCaseStaff, listPlanned, openSummary } from './data.ts';
import { cancelActivity, finishActivity, moveActivity, recordActivity } from './mutations.ts';
import { type Reading, readFinished, readMoved, readNewActivity, readReason } from './schema.ts';
import { recordingText as text } from './text.ts';

const recordForm = formInSlack({
  operation: 'record',
  title: text.title,
  submit: text.submit,
  mainField: 'kind',
  async blocks({ scope, actor, loaded, today }) {
    const [planned, staff, flags] = await Promise.all([
      listPlanned(scope.db, loaded.consultation.id),
      listCaseStaff(scope.db, loaded),
      listFlags(scope.db, loaded.consultation.id),
    ]);
    return [
      ...(isUseStopped(flags) ? [contextLine(disclosureText.useStoppedInForm)] : []),
      ...plannedBlocks(planned),
      ...kindInputs(),
      ...meetingInputs({ heldOn: today, startsAtTime: null }, staff, [actor.slackUserId]),
      ...contentInputs([], ''),
    ];
  },
  read: async (values, opened) => readNewActivity(await readingOf(values, opened)),
  store: recordActivity,
});

const finishForm = formInSlack({
  operation: 'record',
  name: PLAN_FORMS.finish,
  reads: true,
  title: text.finish.title,
  submit: text.finish.submit,
  mainField,
  blocks: (opened) =>
    withActivity(opened, async (activity) => {
      const { scope, loaded, today } = opened;
      const [staff, summary] = await Promise.all([
        listCaseStaff(scope.db, loaded),
        summaryOf(opened, activity),
      ]);
      const heldOn = doneDay(activity, today);
      const startsAtTime = heldOn === activity.heldOn ? activity.startsAtTime : null;
      return [
        ...meetingInputs({ heldOn, startsAtTime }, staff, activity.people),
        ...contentInputs(activity.bodies, summary),
      ];
    }),
  async read(values, opened) {
    const read = readFinished(await readingOf(values, opened));
    return read.ok ? { ok: true, value: { ...read.value, id: opened.about } } : read;
  },
  store: finishActivity,
});

const moveForm = formInSlack({
  operation: 'record',
  name: PLAN_FORMS.move,
  title: text.move.title,
  submit: text.move.submit,
  mainField,
  blocks: (opened) =>
    withActivity(opened, async (activity) => {
      const staff = await listCaseStaff(opened.scope.db, opened.loaded);
      return [...meetingInputs(activity, staff, activity.people), reasonInput()];
    }),
  async read(values, opened) {
    const read = readMoved(await readingOf(values, opened));
    return read.ok ? { ok: true, value: { ...read.value, id: opened.about } } : read;
  },
  store: moveActivity,
});

const cancelForm = formInSlack({
  operation: 'record',
  name: PLAN_FORMS.cancel,
  title: text.cancel.title,
  submit: text.cancel.submit,
  mainField: 'reason',
  blocks: (opened) => withActivity(opened, async () => [reasonInput()]),
  read(values, { about }) {
    const read = readReason(values);
    return read.ok ? { ok: true, value: { reason: read.value, id: about } } : read;
  },
  store: cancelActivity,
});

const planForms = [
  [PLAN_FORMS.finish, finishForm],
  [PLAN_FORMS.move, moveForm],
  [PLAN_FORMS.cancel, cancelForm],
] as const;

export const recording: CasePart = {
  operations: { record: recordForm },
  presses: Object.fromEntries(planForms.map(([name, { press }]) => [actionIdOf(name), press])),
  submissions: Object.fromEntries(planForms.map(([name, { submit }]) => [actionIdOf(name), submit])),
};

/** The form of a planned activity, headed by what it is. A forged or old button may name none: the form then says so. */
async function withActivity(
  { scope, loaded, about }: Opened,
  inputs: (activity: Activity) => Promise<types.KnownBlock[]>,
): Promise<types.KnownBlock[]> {
  const activity = await findActivity(scope.db, loaded.consultation.id, about);
  if (!activity) return [contextLine(text.errors.notFound), reasonInput()];
  return [contextLine(headingOf(activity)), ...(await inputs(activity))];
}

/** A form that found no activity holds no date. */
function mainField(values: Reading['values']): string {
  return 'heldOn' in values ? 'heldOn' : 'reason';
}

/** What was written when it was planned stands in the form; that it is read is logged. */
async function summaryOf({ scope, actor, loaded }: Opened, activity: Activity): Promise<string> {
  if (activity.summary === null) return '';
  const { consultation: of } = loaded;
  await noteReading(scope, actor, of.id, { what: 'activity', activity: activity.id });
  return (await openSummary(await openCaseKeyOf(scope, of.id), of, activity)) ?? '';
}

async function readingOf(
  values: Reading['values'],
  { scope, loaded, today }: Pick<Opened, 'scope' | 'loaded' | 'today'>,
): Promise<Reading> {
  const staff = await listCaseStaff(scope.db, loaded);
  return { values, today, staff: staff.map(({ slackUserId }) => slackUserId) };
}
