/** Two taps: the form, and the second look that names how many people are told. Permission is asked in the mutations. */
import type { RequestContext } from '../../../slack/app.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { type FormValues, listValue } from '../../../slack/form.ts';
import { keepsTypedTextOut, type ModalView, noticeView, openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { listNames } from '../../directory/data.ts';
import { actorOf } from '../../directory/gate.ts';
import { listRunning, type RollCall, standInOfActor } from '../data.ts';
import { closeRollCall } from '../ending/mutations.ts';
import { listChoosable } from '../making/data.ts';
import { ROLL_CALLS_PATH, rollCallPath } from '../paths.ts';
import { mayCommand } from '../rules.ts';
import { noteRollCallRefusal } from '../storing/mutations.ts';
import { rollCallText } from '../text.ts';
import type { RollCallKind } from '../words.ts';
import { CONFIRM_FORM, START_ACTIONS, START_FORM } from './actions.ts';
import { confirmModal, type FormLook, startModal } from './blocks.ts';
import { reachOf, startRollCall } from './mutations.ts';
import { type Chosen, readChosen, readKind, readNote, readStartForm, type StartErrors } from './schema.ts';
import { shownRollCall } from './shown.ts';
import { startingText as text } from './text.ts';

export const startingInSlack: SlackFeature = {
  presses: {
    [START_ACTIONS.form]: pressStart,
    [START_ACTIONS.confirm]: pressConfirm,
  },
  submissions: {
    [START_FORM]: submitStart,
    [CONFIRM_FORM]: submitConfirm,
  },
};

/** Whether the form asks for the note here: where typed text stays on pages, chat asks for none. */
function holdsOf(context: RequestContext): 'typed' | 'references' {
  return keepsTypedTextOut(context) ? 'references' : 'typed';
}

/** The form for whoever may start; asks nobody's permission. */
export async function startFormOf(
  context: RequestContext,
  kind: RollCallKind,
  look: Pick<FormLook, 'above' | 'notices' | 'chosen'> = {},
): Promise<{ view: ModalView; holds: 'typed' | 'references' }> {
  const centers = await listChoosable(context.scope.db);
  const holds = holdsOf(context);
  return { view: startModal(kind, { ...look, centers, hasNote: holds === 'typed' }), holds };
}

async function pressStart(press: Press): Promise<void> {
  const { context } = press;
  const kind = readKind(press.value) ?? 'drill';
  if (!(await mayStart(context, kind)))
    return sayTo(context.scope, press.person, press.channel, { text: rollCallText.notAllowed });
  const { view, holds } = await startFormOf(context, kind);
  await openModal(press, view, { holds, page: ROLL_CALLS_PATH });
}

/** Noted when not. */
export async function mayStart(context: RequestContext, kind: RollCallKind): Promise<boolean> {
  const { scope } = context;
  const actor = actorOf(context);
  if (mayCommand(actor, await standInOfActor(scope, actor))) return true;
  await noteRollCallRefusal(scope, actor, `roll-call.make-${kind}`, undefined, 'not-allowed');
  return false;
}

async function submitStart({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const kind = readKind(metadata);
  if (kind === undefined || !(await mayStart(context, kind)))
    return { errors: { scenario: rollCallText.notAllowed } };
  const read = readStartForm(values, kind, await listChoosable(scope.db), scope.now);
  if (!read.ok) return { errors: read.refusal };
  return confirmation(context, read.value);
}

async function confirmation(context: RequestContext, chosen: Chosen): Promise<SubmissionAnswer> {
  const { scope } = context;
  const [reach, running] = await Promise.all([reachOf(scope, chosen), listRunning(scope.db)]);
  if (reach.people === 0) return { errors: { centers: text.errors.nobody } };
  const same = running.find(({ kind }) => kind === chosen.kind);
  if (same && chosen.startsAt === null)
    return { update: await runningView(context, same), holds: 'references' };
  const holds = holdsOf(context);
  const drill = running.find(({ kind }) => kind === 'drill');
  return { update: confirmModal(chosen, reach, { hasNote: holds === 'typed', drill }), holds };
}

/** A drill starts by it; of a real one, it leads back to the form. */
async function submitConfirm(submission: Submission): Promise<SubmissionAnswer> {
  const { context, metadata, values, viewId } = submission;
  const chosen = readChosen(metadata);
  if (!chosen) return { update: noticeView(rollCallText.notFound), holds: 'references' };
  if (chosen.kind === 'actual') {
    const { view, holds } = await startFormOf(context, chosen.kind, { chosen });
    return { update: view, holds };
  }
  const started = await start(context, chosen, values, viewId);
  if ('errors' in started) return started;
  return { update: started.view, holds: 'references' };
}

/** The red button of a real one. */
async function pressConfirm(press: Press): Promise<void> {
  const { context, modal } = press;
  const chosen = readChosen(modal?.metadata ?? '');
  if (!modal || !chosen || chosen.kind !== 'actual')
    return sayTo(context.scope, press.person, press.channel, { text: rollCallText.notFound });
  const started = await start(context, chosen, modal.values, modal.viewId);
  if ('errors' in started) {
    const [sentence = rollCallText.notFound] = Object.values(started.errors);
    return sayTo(context.scope, press.person, press.channel, { text: sentence });
  }
  await openModal(press, started.view, { holds: 'references', page: started.page, inModal: 'replace' });
}

type Started = { view: ModalView; page: string } | { errors: StartErrors };

async function start(
  context: RequestContext,
  chosen: Chosen,
  values: FormValues,
  viewId: string,
): Promise<Started> {
  const { scope } = context;
  const actor = actorOf(context);
  const errors: StartErrors = {};
  const note = readNote(values, errors);
  if (Object.keys(errors).length > 0) return { errors };
  // The second look may have lain open past the time that it names.
  if (chosen.startsAt !== null && new Date(chosen.startsAt) <= scope.now) return said(text.errors.past);
  // Nor are its centers there for sure, or anybody in them.
  if ((await reachOf(scope, chosen)).people === 0) return said(text.errors.nobody);
  const key = `${actor.slackUserId}/${viewId === '' ? crypto.randomUUID() : viewId}`;
  const started = await startRollCall(scope, actor, chosen, note, key);
  if (!started.ok) {
    if (started.refusal.reason !== 'running') return said(rollCallText.notAllowed);
    const { other } = started.refusal;
    return { view: await runningView(context, other), page: rollCallPath(other.reference) };
  }
  const hasEnded = listValue(values, 'end-drill').includes('yes') && (await endDrill(context, started.value));
  const { kind, startsAt, startedAt, reference } = started.value;
  const outcome = startedAt === null ? text.planned(startsAt) : text.started[kind];
  const notices = [outcome, ...(hasEnded ? [text.drillEnded] : [])];
  return { view: await shownRollCall(context, started.value, notices), page: rollCallPath(reference) };
}

function said(sentence: string): Started {
  return { view: noticeView(sentence), page: ROLL_CALLS_PATH };
}

/** Ends the drill beside a real one that runs. */
async function endDrill(context: RequestContext, { status, kind }: RollCall): Promise<boolean> {
  if (status !== 'running' || kind !== 'actual') return false;
  const drill = (await listRunning(context.scope.db)).find((each) => each.kind === 'drill');
  if (!drill) return false;
  const closed = await closeRollCall(context.scope, actorOf(context), drill.id);
  return closed.ok;
}

/** The one that runs already, and who started it. */
async function runningView(context: RequestContext, other: RollCall): Promise<ModalView> {
  const { organiser, startedAt, startsAt } = other;
  const names = await listNames(context.scope.db, [organiser]);
  return shownRollCall(context, other, [
    text.alreadyRuns(names.get(organiser) ?? organiser, startedAt ?? startsAt),
  ]);
}
