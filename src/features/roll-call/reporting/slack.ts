/** センターの状況 in Slack: for which center, and the report. */
import type { RequestContext } from '../../../slack/app.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { keepsTypedTextOut, linksToPage, type ModalView, openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../actions.ts';
import { centersOf, type RollCall, standInOfActor } from '../data.ts';
import { rollCallModal } from '../opening/blocks.ts';
import { openRollCall } from '../opening/mutations.ts';
import type { Look } from '../parts.ts';
import { rollCallPath } from '../paths.ts';
import { checksOf } from '../priority/data.ts';
import { reporterFor } from '../rules.ts';
import { noteRollCallRefusal } from '../storing/mutations.ts';
import { titled } from '../text.ts';
import { latestReportOf, listOpenCenters } from './data.ts';
import {
  CENTER_FORM,
  centerForm,
  REPORT_FORM,
  type ReportFormProps,
  readMetadata,
  reportForm,
} from './form.ts';
import { allowReport, REPORT, type ReportRefusal, reportCenter } from './mutations.ts';
import { isAsked, type ReportingCenter, statusOf, UNSAID } from './rules.ts';
import { type ReportInput, readReportForm } from './schema.ts';
import { nameOfPerson } from './taking-over/data.ts';
import { takingOverInSlack } from './taking-over/slack.ts';
import { reportingText as text } from './text.ts';

export const reportingInSlack: SlackFeature = {
  presses: { [ACTIONS.centerReport.actionId]: pressReport, ...takingOverInSlack.presses },
  submissions: { [CENTER_FORM]: submitCenter, [REPORT_FORM]: submitReport, ...takingOverInSlack.submissions },
};

async function pressReport(press: Press): Promise<void> {
  const { context } = press;
  const { scope } = context;
  const actor = actorOf(context);
  const refuse = async (look: Look | undefined, reason: keyof typeof text.refusals) => {
    if (look) await noteRollCallRefusal(scope, actor, REPORT, look.rollCall.reference, reason);
    const sentence = text.refusals[reason];
    const said = look ? titled(look.rollCall, sentence) : sentence;
    await sayTo(scope, press.person, press.channel, { text: said });
  };
  const found = await openRollCall(scope, actor, press.value, REPORT);
  if (!found.ok) return refuse(undefined, 'not-found');
  const look = found.value;
  if (look.rollCall.status !== 'running') return refuse(look, 'not-running');
  const centers = await reportable(context, look);
  const [first, second] = centers;
  if (!first) return refuse(look, 'no-center');
  const view = second
    ? centerForm(look.rollCall, centers, actor.center.code)
    : await formOf(context, look.rollCall, first);
  const page = rollCallPath(look.rollCall.reference);
  await openModal(press, view, { holds: holdsOf(context), page, inModal: 'replace' });
}

/** The centers for which this person may report, in the order of the city file. */
async function reportable({ scope }: RequestContext, look: Look): Promise<ReportingCenter[]> {
  const asked = centersOf(look.rollCall);
  const centers = await listOpenCenters(scope.db);
  return centers.filter(
    (each) => isAsked(asked, each) && reporterFor(look.actor, look.standIn, each.code) !== undefined,
  );
}

/** The note is a typed text; where it may not stand in Slack, the form leaves it out. */
function holdsOf(context: RequestContext): 'typed' | 'references' {
  return keepsTypedTextOut(context) ? 'references' : 'typed';
}

/** Begins with what was reported last, and with how far the center's list is ticked off. */
async function formOf(
  context: RequestContext,
  rollCall: RollCall,
  center: ReportingCenter,
): Promise<ModalView> {
  const { db } = context.scope;
  const [latest, checks] = await Promise.all([
    latestReportOf(db, rollCall.id, center.code),
    checksOf(db, rollCall.id),
  ]);
  const own = checks.get(center.code);
  const isFromList = own !== undefined && own.absent !== null;
  const last = latest ? statusOf(latest) : UNSAID;
  return reportForm({
    rollCall,
    center,
    base: latest?.number ?? 0,
    status: {
      ...last,
      checksDone: isFromList ? own.done : last.checksDone,
      checksTotal: isFromList ? own.total : (last.checksTotal ?? own?.total ?? null),
    },
    note: keepsTypedTextOut(context) ? undefined : null,
    isFromList,
  });
}

async function submitCenter({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const code = textValue(values, 'center');
  if (code === null) return { errors: { center: text.errors.choose } };
  const found = await openRollCall(scope, actor, metadata, REPORT);
  if (!found.ok) return { errors: { center: text.refusals['not-found'] } };
  const { rollCall, standIn } = found.value;
  const centers = await listOpenCenters(scope.db);
  const allowed = allowReport({ actor, standIn, centers }, { rollCall }, code);
  if (!allowed.ok) {
    const { reason } = allowed.refusal;
    await noteRollCallRefusal(scope, actor, REPORT, rollCall.reference, reason);
    return { errors: { center: text.refusals[reason] } };
  }
  return { update: await formOf(context, rollCall, allowed.value.center), holds: holdsOf(context) };
}

async function submitReport(submission: Submission): Promise<SubmissionAnswer> {
  const { context, metadata, values, viewId } = submission;
  const { scope } = context;
  const actor = actorOf(context);
  const of = readMetadata(metadata);
  const read = readReportForm(values);
  if (!read.ok) return { errors: read.refusal };
  const reported = await reportCenter(scope, actor, {
    ...of,
    ...read.value,
    // What may not be typed in Slack is not taken from there, either.
    note: keepsTypedTextOut(context) ? null : read.value.note,
    submissionKey: `report/${viewId}/${of.rollCallId}/${of.center}/${of.base}`,
  });
  if (!reported.ok) return refusedReport(submission, reported.refusal, read.value);
  const { loaded, center, number } = reported.value;
  const page = rollCallPath(loaded.rollCall.reference);
  scope.page?.goTo(page);
  if (scope.page) return 'close';
  const look: Look = {
    rollCall: loaded.rollCall,
    actor,
    standIn: await standInOfActor(scope, actor),
    own: undefined,
    now: scope.now,
  };
  return { update: await shownAgain(context, look, text.saved(center.short, number)), holds: 'references' };
}

/** The roll-call as it is now, with what was done said first. */
async function shownAgain({ scope }: RequestContext, look: Look, notice: string): Promise<ModalView> {
  const again = await openRollCall(scope, look.actor, look.rollCall.id, ACTIONS.open.actionId);
  return rollCallModal(scope, again.ok ? again.value : look, {
    notices: [notice],
    links: linksToPage(scope, rollCallPath(look.rollCall.reference)),
  });
}

async function refusedReport(
  { context, values }: Pick<Submission, 'context'> & { values: FormValues },
  refusal: ReportRefusal,
  { status, note }: ReportInput,
): Promise<SubmissionAnswer> {
  if (refusal.reason !== 'overtaken') return { errors: { quick: text.refusals[refusal.reason] } };
  const { latest, center } = refusal;
  const { scope } = context;
  const found = await openRollCall(scope, actorOf(context), latest.rollCallId, REPORT);
  if (!found.ok) return { errors: { quick: text.refusals['not-found'] } };
  const props: ReportFormProps = {
    rollCall: found.value.rollCall,
    center,
    base: latest.number,
    status,
    note: 'note' in values ? note : undefined,
    isFromList: false,
    notices: [text.overtaken(latest.number, await nameOfPerson(scope.db, latest.by), latest.at)],
  };
  return { update: reportForm(props), holds: holdsOf(context) };
}
