/**
 * The forms of operations on a case, all alike: pressing asks the rules and opens the form, submitting asks them again. A form
 * that something happened to meanwhile says what, keeps what was typed, and is sent by pressing once more.
 */
import type { types } from '@slack/bolt';
import { type JapanDate, japanDate } from '../../lib/jst.ts';
import { logError } from '../../lib/log.ts';
import type { Result } from '../../lib/result.ts';
import { contextLine, plain } from '../../slack/block-kit.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../slack/feature.ts';
import type { FormValues } from '../../slack/form.ts';
import { keepsTypedTextOut, leadToPage, type ModalView, noticeView, openModal } from '../../slack/modal.ts';
import { escapeMrkdwn } from '../../slack/mrkdwn.ts';
import { sayTo } from '../../slack/outbox.ts';
import type { Scope } from '../../slack/scope.ts';
import type { Actor } from '../directory/actor.ts';
import { reportVaultFault } from '../directory/alarms/mutations.ts';
import { actorOf } from '../directory/gate.ts';
import { ACTIONS, actionIdOf } from './blocks.ts';
import { type Consultation, type LoadedConsultation, loadConsultation, standingOf } from './data.ts';
import { beginOperation, type Refusal, recordRefusal, type Wish } from './mutations.ts';
import type { Operation } from './operating/words.ts';
import { casePath, operationPath } from './pages/paths.ts';
import { askPurpose } from './purpose/asking.ts';
import { needsPurpose } from './purpose/data.ts';
import { sentenceOf, tellRefusal } from './refusals.ts';
import type { FieldErrors } from './schema.ts';
import { OPERATION_DONE, OPERATION_LABELS, consultationText as text } from './text.ts';
import { listEvents } from './timeline/data.ts';
import { happened } from './timeline/events.ts';
import { maySee } from './visibility/rules.ts';

/** Of what happened while a form was open, the latest: Slack takes 3,000 characters in one text. */
const MOST_EVENTS = 10;

/** The case as it stands while its form is made or read. */
export interface Opened {
  scope: Scope;
  actor: Actor;
  loaded: LoadedConsultation;
  today: JapanDate;
  /** What the button named besides the case, as `id/about`; empty when it named nothing. */
  about: string;
  /** What was typed so far; nothing when the form opens. */
  values: FormValues;
}

export interface OperationForm<Input> {
  operation: Operation;
  /** Of its button and its form, where an operation has several: without it, the operation's. */
  name?: string;
  /**
   * `references` for a form of choices and dates alone: it stays in Slack where typed text may not. Without it, the form shows or
   * asks for what people type.
   */
  holds?: 'references';
  /** Whether it shows what was written into the case: whoever does not belong to the case then says first what for. */
  reads?: true;
  /** At most 24 characters, as Slack's titles. */
  title: string;
  submit: string;
  /** The inputs; each block id is a field's name. What decides about content must have logged that it is read. */
  blocks(opened: Opened): Promise<types.KnownBlock[]> | types.KnownBlock[];
  /** Reads what was submitted, or says beside each field what is wrong. */
  read(values: FormValues, opened: Opened): Promise<Result<Input, FieldErrors>> | Result<Input, FieldErrors>;
  /** Makes the change, by `changeConsultation` with this wish. */
  store(scope: Scope, actor: Actor, wish: Wish, input: Input): Promise<Result<Consultation, Refusal>>;
  /** The block beside which a refusal of the whole stands: an input that the form always has. */
  mainField: string | ((values: FormValues) => string);
}

/** What a part of 相談 offers for one operation. */
export interface OperationInSlack {
  press(press: Press): Promise<void>;
  submit?(submission: Submission): Promise<SubmissionAnswer>;
}

/** One subject of 相談 in Slack: its operations, and what else it listens to. */
export interface CasePart extends SlackFeature {
  operations?: Partial<Record<Operation, OperationInSlack>>;
}

export function formInSlack<Input>(form: OperationForm<Input>): Required<OperationInSlack> {
  return {
    press: (press) => openForm(form, press),
    submit: (submission) => submitForm(form, submission),
  };
}

/** An operation without a form: the press is the change. A refusal is told where it was pressed. */
export function pressInSlack(
  operation: Operation,
  store: (scope: Scope, actor: Actor, wish: Wish, about: string) => Promise<Result<Consultation, Refusal>>,
): OperationInSlack {
  return {
    async press(press) {
      const { scope } = press.context;
      const [id = '', about = ''] = press.value.split('/');
      const stored = await store(scope, actorOf(press.context), { id, operation }, about);
      if (!stored.ok) return tellRefusal(press, stored.refusal);
      // The list of operations showed what could be done before: it closes by saying that it was.
      const sentence = text.pressed(stored.value.reference, OPERATION_DONE[operation]);
      if (press.modal?.callbackId === ACTIONS.all)
        await openModal(press, noticeView(sentence), {
          holds: 'references',
          page: casePath(stored.value.reference),
          inModal: 'replace',
        });
      // Cards change under the finger; a direct message stays as it is.
      if (isDirect(press.channel))
        await sayTo(scope, press.person, press.channel, { text: sentence }, stored.value.id);
    },
  };
}

/** Slack's ids of direct messages begin with D. */
function isDirect(channel: string | undefined): boolean {
  return channel?.startsWith('D') ?? false;
}

async function openForm<Input>(form: OperationForm<Input>, press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const [id = '', about = ''] = press.value.split('/');
  const begun = await beginOperation(scope, actor, id, form.operation);
  if (!begun.ok) return tellRefusal(press, begun.refusal);
  const { consultation: of } = begun.value;
  const { holds = 'typed' } = form;
  const inModal = press.modal?.callbackId === ACTIONS.all ? 'replace' : 'push';
  const way = {
    holds,
    page: operationPath(of.reference, form.operation, form.name ? '' : about),
    about: text.onPage(of.reference, OPERATION_LABELS[form.operation]),
    inModal,
  } as const;
  // Before anything is opened for the form: what is not shown is not read.
  if (holds === 'typed' && keepsTypedTextOut(press.context)) return leadToPage(press, way);
  if (form.reads && (await needsPurpose(scope, actor, begun.value)))
    return askPurpose(press, of, { actionId: formIdOf(form), value: press.value }, inModal);
  const today = japanDate(scope.now);
  const view = await viewOf(form, { scope, actor, loaded: begun.value, today, about, values: {} });
  await openModal(press, view, way);
}

async function submitForm<Input>(
  form: OperationForm<Input>,
  { context, viewId, metadata, values }: Submission,
): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const [id = '', version = '', about = ''] = metadata.split('/');
  const mainField = typeof form.mainField === 'string' ? form.mainField : form.mainField(values);
  try {
    const begun = await openedFor(scope, actor, form.operation, { id, about, values });
    if (!begun) return { errors: { [mainField]: text.notFound } };
    const unentitled = await unentitledReading(form, begun);
    if (unentitled) return { errors: { [mainField]: sentenceOf(unentitled) } };
    const read = await form.read(values, begun);
    if (!read.ok) return await faultyForm(form, begun, read.refusal, { version: Number(version), mainField });
    const wish: Wish = {
      id,
      operation: form.operation,
      seen: Number(version),
      form: { key: `${actor.slackUserId}/${viewId}`, values },
    };
    const stored = await form.store(scope, actor, wish, read.value);
    if (stored.ok) return 'close-all';
    if (stored.refusal.reason === 'changed')
      return await staleForm(form, begun, stored.refusal.since, mainField);
    return { errors: { [mainField]: sentenceOf(stored.refusal) } };
  } catch (error) {
    // The form stays open with everything in it: better than losing what was typed.
    logError(`${formIdOf(form)}.not_saved`, error);
    const reason = await reportVaultFault(scope, error, actor.slackUserId);
    return { errors: { [mainField]: reason ?? text.errors.notSaved } };
  }
}

/** The case for whoever may see it: what is wrong with a form must not tell others that there is one. `store` asks for permission. */
async function openedFor(
  scope: Scope,
  actor: Actor,
  operation: Operation,
  { id, ...filled }: Pick<Opened, 'about' | 'values'> & { id: string },
): Promise<Opened | undefined> {
  const loaded = await loadConsultation(scope, id);
  if (loaded && maySee(actor, standingOf(loaded)))
    return { scope, actor, loaded, today: japanDate(scope.now), ...filled };
  await recordRefusal(scope, actor, { id, loaded }, actionIdOf(operation), 'not-found');
  return undefined;
}

/**
 * Why what was typed is not even checked: whoever could not open the form now must not learn from a forged one whether the record
 * holds what was typed.
 */
async function unentitledReading<Input>(
  form: OperationForm<Input>,
  { scope, actor, loaded }: Opened,
): Promise<Refusal | undefined> {
  if (!form.reads || !(await needsPurpose(scope, actor, loaded))) return undefined;
  const { consultation: of } = loaded;
  const begun = await beginOperation(scope, actor, of.id, form.operation);
  return begun.ok ? { reason: 'purpose-needed', of } : begun.refusal;
}

/** What is wrong stands beside its fields; where the case's changes brought fields that the form does not have, it gets them first. */
async function faultyForm<Input>(
  form: OperationForm<Input>,
  opened: Opened,
  faults: FieldErrors,
  { version, mainField }: { version: number; mainField: string },
): Promise<SubmissionAnswer> {
  const { consultation: of } = opened.loaded;
  const isComplete = Object.keys(faults).every((field) => field in opened.values);
  if (isComplete || version === of.version) return { errors: faults };
  return staleForm(form, opened, await listEvents(opened.scope.db, of.id, version), mainField);
}

/**
 * The same inputs with the case's version of now: Slack keeps what was typed in them. Asks as if the form were opened: a forged one
 * must not show what nobody opened for this person.
 */
async function staleForm<Input>(
  form: OperationForm<Input>,
  { scope, actor, loaded, about, values }: Opened,
  since: Extract<Refusal, { reason: 'changed' }>['since'],
  mainField: string,
): Promise<SubmissionAnswer> {
  const begun = await beginOperation(scope, actor, loaded.consultation.id, form.operation);
  if (!begun.ok) return { errors: { [mainField]: sentenceOf(begun.refusal) } };
  const { consultation: of } = begun.value;
  if (form.reads && (await needsPurpose(scope, actor, begun.value)))
    return { errors: { [mainField]: sentenceOf({ reason: 'purpose-needed', of }) } };
  const today = japanDate(scope.now);
  const view = await viewOf(form, { scope, actor, loaded: begun.value, today, about, values });
  const latest = since.slice(-MOST_EVENTS).map(happened).join('');
  const notice = contextLine(escapeMrkdwn(`:warning: ${text.staleForm(latest)}`));
  return { update: { ...view, blocks: [notice, ...view.blocks] }, holds: form.holds ?? 'typed' };
}

function formIdOf(form: Pick<OperationForm<never>, 'operation' | 'name'>): string {
  return actionIdOf(form.name ?? form.operation);
}

/** The form as it opens; with `values`, as it stands while it is being filled in. */
export async function viewOf<Input>(form: OperationForm<Input>, opened: Opened): Promise<ModalView> {
  const { consultation: of } = opened.loaded;
  const about = opened.about === '' ? '' : `/${opened.about}`;
  return {
    type: 'modal',
    callback_id: formIdOf(form),
    private_metadata: `${of.id}/${of.version}${about}`,
    title: plain(form.title),
    submit: plain(form.submit),
    close: plain(text.formClose),
    blocks: [contextLine(text.formOf(of.reference)), ...(await form.blocks(opened))],
  };
}
