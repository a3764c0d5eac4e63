/** 議題を出す, and putting the agenda in order. Titles are typed: they stand in forms and pages only. */
import { type NotFound, type Result, refused } from '../../../lib/result.ts';
import { plainSections } from '../../../slack/block-kit.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import {
  keepsTypedTextOut,
  leadToPage,
  linksToPage,
  type ModalView,
  openModal,
} from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { actorOf } from '../../directory/gate.ts';
import { circleOf, type LoadedMeeting } from '../data.ts';
import { personalWordsIn } from '../detecting/data.ts';
import { meetingModal } from '../opening/blocks.ts';
import { openMeeting } from '../opening/mutations.ts';
import { meetingPath } from '../paths.ts';
import { noteRefusal } from '../storing/mutations.ts';
import { meetingText } from '../text.ts';
import { AGENDA_ACTIONS, AGENDA_FORM, agendaFormModal, agendaListModal, changedNotice } from './blocks.ts';
import { findSubject, listAgenda, type OpenedItem } from './data.ts';
import {
  type AgendaRefusal,
  changeItem,
  type ItemInput,
  moveItem,
  proposeItem,
  removeItem,
} from './mutations.ts';
import { denialOf } from './rules.ts';
import { type AgendaForm, readAgendaForm } from './schema.ts';
import { agendaText as text } from './text.ts';

export const agendaInSlack: SlackFeature = {
  presses: {
    [AGENDA_ACTIONS.propose]: (press) => openForm(press),
    [AGENDA_ACTIONS.edit]: (press) => openForm(press),
    [AGENDA_ACTIONS.list]: (press) => openList(press),
    [AGENDA_ACTIONS.remove]: (press) =>
      pressItem(press, text.removed, (scope, actor, which) => removeItem(scope, actor, which)),
    [AGENDA_ACTIONS.up]: (press) =>
      pressItem(press, undefined, (scope, actor, which) =>
        moveItem(scope, actor, { ...which, toward: 'up' }),
      ),
    [AGENDA_ACTIONS.down]: (press) =>
      pressItem(press, undefined, (scope, actor, which) =>
        moveItem(scope, actor, { ...which, toward: 'down' }),
      ),
  },
  submissions: { [AGENDA_FORM]: submitItem },
};

/** The meeting, for whoever may still change its agenda. */
async function openAgenda(
  scope: Scope,
  actor: Actor,
  id: string,
  action: string,
): Promise<Result<LoadedMeeting, AgendaRefusal | NotFound>> {
  const found = await openMeeting(scope, actor, id, action);
  if (!found.ok) return found;
  const reason = denialOf(actor, circleOf(found.value), found.value.meeting, scope.now);
  if (!reason) return found;
  await noteRefusal(scope, actor, action, found.value.meeting.reference, reason);
  return refused({ reason });
}

async function openForm(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const [id = '', itemId] = press.value.split('/');
  const opened = await openAgenda(scope, actor, id, 'meeting.propose_item');
  if (!opened.ok) return say(press, opened.refusal);
  const way = wayTo(opened.value, itemId === undefined ? 'push' : 'replace');
  if (keepsTypedTextOut(press.context)) return leadToPage(press, way);
  if (itemId === undefined) {
    const view = agendaFormModal({ loaded: opened.value, item: null, isWarned: false });
    return openModal(press, view, way);
  }
  // Whoever takes part reads all titles anyway; who may change one is asked when the form is sent.
  const item = (await listAgenda(scope, id)).find((each) => each.id === itemId);
  if (!item) return say(press, { reason: 'removed' });
  await openModal(press, agendaFormModal({ loaded: opened.value, item, isWarned: false }), way);
}

async function openList(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const opened = await openAgenda(scope, actor, press.value, 'meeting.propose_item');
  if (!opened.ok) return say(press, opened.refusal);
  const way = wayTo(opened.value, 'push');
  if (keepsTypedTextOut(press.context)) return leadToPage(press, way);
  await openModal(press, await listView(scope, actor, opened.value), way);
}

async function pressItem(
  press: Press,
  notice: string | undefined,
  change: (
    scope: Scope,
    actor: Actor,
    which: { meetingId: string; itemId: string },
  ) => ReturnType<typeof removeItem>,
): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const [meetingId = '', itemId = ''] = press.value.split('/');
  const changed = await change(scope, actor, { meetingId, itemId });
  if (!changed.ok) return say(press, changed.refusal);
  const way = wayTo(changed.value, 'replace');
  if (keepsTypedTextOut(press.context)) return leadToPage(press, way);
  const notices = notice === undefined ? [] : [notice];
  await openModal(press, await listView(scope, actor, changed.value, notices), way);
}

async function submitItem({ context, viewId, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const [meetingId = '', itemId = '', mark = '', warned = ''] = metadata.split('/');
  const opened = await openAgenda(scope, actor, meetingId, 'meeting.propose_item');
  if (!opened.ok) return { errors: { title: sentenceOf(opened.refusal) } };
  const loaded = opened.value;
  const read = readAgendaForm(values);
  if (!read.ok) return { errors: read.refusal };
  const input = await inputOf(scope, actor, loaded, read.value);
  if (!input) return { errors: { subject: text.errors.notFound } };
  const found = warned === '' ? await personalWordsIn(scope, input.title) : [];
  if (found.length > 0) {
    const shown = itemId === '' ? null : await shownItem(scope, loaded, itemId, mark);
    return {
      update: agendaFormModal(
        { loaded, item: shown, isWarned: true },
        plainSections(text.warning(found.join('、'))),
      ),
    };
  }
  const changed =
    itemId === ''
      ? await proposeItem(scope, actor, { meetingId, form: viewId }, input)
      : await changeItem(scope, actor, { meetingId, itemId, mark }, input);
  if (!changed.ok) return refusedAnswer(loaded, changed.refusal, warned !== '');
  if (scope.page) return 'close';
  if (itemId !== '') return { update: await listView(scope, actor, changed.value, [text.changed]) };
  const after = await openMeeting(scope, actor, meetingId, 'meeting.open');
  if (!after.ok) return 'close';
  const links = linksToPage(scope, meetingPath(after.value.meeting.reference));
  return {
    update: meetingModal(after.value, actor, scope.now, { notices: [text.proposed], links }),
    holds: 'references',
  };
}

function refusedAnswer(
  loaded: LoadedMeeting,
  refusal: AgendaRefusal | NotFound,
  isWarned: boolean,
): SubmissionAnswer {
  if (refusal.reason !== 'changed') return { errors: { title: sentenceOf(refusal) } };
  return {
    update: agendaFormModal({ loaded, item: refusal.latest, isWarned }, changedNotice(refusal.latest)),
  };
}

/** The item that a form is about, with the mark that the form showed: a warning must not let it pass over another's change. */
async function shownItem(
  scope: Scope,
  loaded: LoadedMeeting,
  itemId: string,
  mark: string,
): Promise<OpenedItem | null> {
  const item = (await listAgenda(scope, loaded.meeting.id)).find(({ id }) => id === itemId);
  return item ? { ...item, mark } : null;
}

/** Undefined when its reference is of nothing that this person may see, which is noted. */
async function inputOf(
  scope: Scope,
  actor: Actor,
  loaded: LoadedMeeting,
  { title, minutes, subject }: AgendaForm,
): Promise<ItemInput | undefined> {
  if (subject === null) return { title, minutes, consultationId: null, issueId: null };
  const found = await findSubject(scope, actor, subject);
  if (found === undefined) {
    await noteRefusal(
      scope,
      actor,
      'meeting.propose_item',
      loaded.meeting.reference,
      `${subject.by}-not-found`,
    );
    return undefined;
  }
  return {
    title,
    minutes,
    consultationId: subject.by === 'consultation' ? found : null,
    issueId: subject.by === 'issue' ? found : null,
  };
}

async function listView(
  scope: Scope,
  actor: Actor,
  loaded: LoadedMeeting,
  notices: readonly string[] = [],
): Promise<ModalView> {
  return agendaListModal(loaded, actor, await listAgenda(scope, loaded.meeting.id), notices);
}

function wayTo({ meeting }: LoadedMeeting, inModal: 'push' | 'replace') {
  const { reference } = meeting;
  return { holds: 'typed', page: meetingPath(reference), about: text.onPage(reference), inModal } as const;
}

function sentenceOf({ reason }: AgendaRefusal | NotFound): string {
  if (reason === 'not-found') return meetingText.notFound;
  return reason === 'changed' ? text.changedMeanwhile : text.denials[reason];
}

function say(press: Press, refusal: AgendaRefusal | NotFound): Promise<void> {
  return sayTo(press.context.scope, press.person, press.channel, { text: sentenceOf(refusal) });
}
