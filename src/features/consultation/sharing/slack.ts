/** 共有の案を作る and 共有の案を確認する, and what everybody reads of 共有された記録. */
import { japanDate } from '../../../lib/jst.ts';
import { done, refused } from '../../../lib/result.ts';
import type { Press, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import type { FormValues } from '../../../slack/form.ts';
import { textValue } from '../../../slack/form.ts';
import { keepsTypedTextOut, leadToPage, openModal } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import { openClosingReport } from '../closing/data.ts';
import { openAnswers, openCaseKeyOf, openContent } from '../content/data.ts';
import { loadConsultation } from '../data.ts';
import { type CasePart, formInSlack, type Opened, type OperationForm, viewOf } from '../forms.ts';
import { actionOf, beginOperation, recordRefusal } from '../mutations.ts';
import { SHARED_PATH } from '../pages/paths.ts';
import { noteReading } from '../reading/mutations.ts';
import { tellRefusal } from '../refusals.ts';
import {
  confirmInputs,
  SHARING_ACTIONS,
  type ShownProposal,
  settleInputs,
  sharedNoteModal,
  sharedNotesModal,
  shareInputs,
} from './blocks.ts';
import { faultsOf, findPersonalData, foundWords, hasFindings, markFindings } from './checking.ts';
import { findSharedNote, listSharedNotes, openTexts, type SharedNote } from './data.ts';
import { beginSharedReading, proposeSharing, settleSharing } from './mutations.ts';
import { decisionsIn, sharingKindOf } from './rules.ts';
import {
  CONFIRMED,
  isConfirmed,
  readQuery,
  readSettlement,
  readTexts,
  type SharedTexts,
  type TextField,
} from './schema.ts';
import { sharingText as text } from './text.ts';

const shareForm: OperationForm<SharedTexts> = {
  operation: 'share',
  reads: true,
  title: text.share.title,
  submit: text.share.submit,
  mainField: 'matter',
  async blocks(opened) {
    const { scope, loaded } = opened;
    const note = await findSharedNote(scope.db, loaded.consultation.id);
    const kind = sharingKindOf(loaded.consultation);
    return [
      ...shareInputs(kind, await draftsOf(opened, note), note?.state),
      ...confirmInputs(await wordsTyped(opened)),
    ];
  },
  async read(values, { scope, loaded }) {
    const texts = readTexts(values, sharingKindOf(loaded.consultation));
    if (!texts.ok) return texts;
    const findings = await findPersonalData(scope, loaded, texts.value);
    const faults = faultsOf(texts.value, findings);
    if (faults) return refused(faults);
    if (hasFindings(findings) && !isConfirmed(values)) return refused({ [CONFIRMED]: text.errors.mayHold });
    return done(texts.value);
  },
  store: proposeSharing,
};

const shareInSlack = formInSlack(shareForm);

/** Words that may be no personal data are asked about once more: with a box that the form has from then on. */
async function submitShare(submission: Submission): Promise<SubmissionAnswer> {
  const answer = await shareInSlack.submit(submission);
  if (typeof answer === 'string' || !('errors' in answer) || !(CONFIRMED in answer.errors)) return answer;
  const { context, metadata, values } = submission;
  const [id = '', , about = ''] = metadata.split('/');
  const { scope } = context;
  const loaded = await loadConsultation(scope, id);
  if (!loaded) throw new Error('a case is gone while its form is read');
  const today = japanDate(scope.now);
  const view = await viewOf(shareForm, { scope, actor: actorOf(context), loaded, today, about, values });
  // The version that the form was opened with: what others did since is still told.
  return { update: { ...view, private_metadata: metadata } };
}

/** What the inputs hold: what was typed so far; the earlier proposal; or what the record offers. */
async function draftsOf(opened: Opened, note: SharedNote | undefined): Promise<Record<TextField, string>> {
  const { scope, actor, loaded, values } = opened;
  const { consultation: of } = loaded;
  if (isBegun(values))
    return {
      matter: textValue(values, 'matter') ?? '',
      response: textValue(values, 'response') ?? '',
      prevention: textValue(values, 'prevention') ?? '',
    };
  const key = await openCaseKeyOf(scope, of.id);
  if (note) {
    await noteReading(scope, actor, of.id, { what: 'sharing' });
    const texts = await openTexts(key, of, note);
    return { ...texts, prevention: texts.prevention ?? '' };
  }
  if (sharingKindOf(of) === 'incident') {
    await noteReading(scope, actor, of.id, { what: 'closing' });
    const report = await openClosingReport(scope.db, key, of);
    return { matter: '', response: report?.measures ?? '', prevention: report?.prevention ?? '' };
  }
  await noteReading(scope, actor, of.id, { what: 'content' });
  const [content, answers] = await Promise.all([
    openContent(scope.db, key, of),
    openAnswers(scope.db, key, of),
  ]);
  return {
    matter: content.body,
    response: answers.map(({ body }) => body).join('\n\n'),
    prevention: '',
  };
}

/** The words in question of a form that is being filled in. */
async function wordsTyped({ scope, loaded, values }: Opened): Promise<string[]> {
  const texts = readTexts(values, sharingKindOf(loaded.consultation));
  return texts.ok ? foundWords(texts.value, await findPersonalData(scope, loaded, texts.value)) : [];
}

function isBegun(values: FormValues): boolean {
  return 'matter' in values;
}

const settleInSlack = formInSlack({
  operation: 'settle_sharing',
  title: text.settle.title,
  submit: text.settle.submit,
  mainField: 'reason',
  blocks: async (opened) => settleInputs(await shownProposal(opened)),
  async read(values, { scope, loaded }) {
    const note = await findSharedNote(scope.db, loaded.consultation.id);
    return readSettlement(values, decisionsIn(note?.state));
  },
  store: settleSharing,
});

/** A button of a proposal that was decided about meanwhile opens no empty form. */
async function pressSettle(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const begun = await beginOperation(scope, actor, press.value, 'settle_sharing');
  if (!begun.ok) return tellRefusal(press, begun.refusal);
  const { consultation: of } = begun.value;
  const note = await findSharedNote(scope.db, of.id);
  if (decisionsIn(note?.state).length > 0) return settleInSlack.press(press);
  await recordRefusal(
    scope,
    actor,
    { id: of.id, loaded: begun.value },
    actionOf('settle_sharing'),
    'invalid',
  );
  await tellRefusal(press, { reason: 'invalid', of, sentence: text.errors.nothingToSettle(of.reference) });
}

/** What there is to decide about, for the manager who is to read it. */
async function shownProposal({ scope, actor, loaded }: Opened): Promise<ShownProposal | undefined> {
  const { consultation: of } = loaded;
  const note = await findSharedNote(scope.db, of.id);
  const decisions = decisionsIn(note?.state);
  if (!note || decisions.length === 0) return undefined;
  await noteReading(scope, actor, of.id, { what: 'sharing' });
  const texts = await openTexts(await openCaseKeyOf(scope, of.id), of, note);
  const findings = await findPersonalData(scope, loaded, texts);
  return {
    kind: note.kind,
    texts: {
      matter: markFindings(texts.matter, findings.matter),
      response: markFindings(texts.response, findings.response),
      prevention: texts.prevention && markFindings(texts.prevention, findings.prevention),
    },
    words: foundWords(texts, findings),
    decisions,
  };
}

async function pressReadShared(press: Press): Promise<void> {
  const { scope } = press.context;
  const way = { holds: 'typed', page: SHARED_PATH } as const;
  if (keepsTypedTextOut(press.context)) return leadToPage(press, way);
  const begun = await beginSharedReading(scope, actorOf(press.context), press.value);
  if (!begun.ok) return tellRefusal(press, begun.refusal);
  const { note, of } = begun.value;
  await openModal(
    press,
    sharedNoteModal(begun.value, await openTexts(await openCaseKeyOf(scope, of.id), of, note)),
    way,
  );
}

/** Opens the list of shared notes; the press's value is what `formatQuery` gives. */
export async function openSharedNotes(press: Press): Promise<void> {
  const page = await listSharedNotes(press.context.scope.db, readQuery(press.value));
  const isTurned = press.modal?.callbackId === SHARING_ACTIONS.list;
  await openModal(press, sharedNotesModal(page), {
    holds: 'references',
    page: SHARED_PATH,
    inModal: isTurned ? 'replace' : 'push',
  });
}

export const sharing: CasePart = {
  operations: {
    share: { press: shareInSlack.press, submit: submitShare },
    settle_sharing: { press: pressSettle, submit: settleInSlack.submit },
  },
  presses: {
    [SHARING_ACTIONS.read]: pressReadShared,
    [SHARING_ACTIONS.list]: openSharedNotes,
    [SHARING_ACTIONS.turn]: openSharedNotes,
    [SHARING_ACTIONS.topic]: openSharedNotes,
  },
};
