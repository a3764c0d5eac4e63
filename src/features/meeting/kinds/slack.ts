/** 会議体を決める: the list, and the form that takes its place. */
import * as v from 'valibot';
import { fold } from '../../../lib/japanese.ts';
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
import { actorOf } from '../../directory/gate.ts';
import { kindFile, listInvitable, listKindRows, listKinds } from '../../directory/meeting-kinds/data.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { tellWhoWasFirst } from '../../directory/settings/slack.ts';
import { mayKeepKinds } from '../rules.ts';
import { KIND_ACTIONS, KIND_FORM, kindModal, kindsModal } from './blocks.ts';
import { archiveKind, CHANGE_KIND, markOfKind, saveKind } from './mutations.ts';
import { KINDS_PATH } from './paths.ts';
import { type KindState, readKindForm } from './schema.ts';
import { kindsText as text } from './text.ts';

const LIST_WAY = { holds: 'references', page: KINDS_PATH } as const;
/** Guests' names and addresses stand in it. */
const FORM_WAY = { holds: 'typed', page: KINDS_PATH } as const;

export const kindsInSlack: SlackFeature = {
  presses: {
    [KIND_ACTIONS.open]: (press) => whereAllowed(press, () => showList(press, 'push')),
    [KIND_ACTIONS.add]: (press) => whereAllowed(press, () => showForm(press, null)),
    [KIND_ACTIONS.change]: (press) => whereAllowed(press, () => showForm(press, press.value)),
    [KIND_ACTIONS.archive]: (press) => whereAllowed(press, () => archive(press)),
  },
  submissions: { [KIND_FORM]: submitKind },
};

async function whereAllowed(press: Press, go: () => Promise<void>): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  if (mayKeepKinds(actor)) return go();
  await noteRefusal(scope, actor, KIND_ACTIONS.open, { detail: { reason: 'not-allowed' } });
  await sayTo(scope, press.person, press.channel, { text: text.errors.notAllowed });
}

async function showList(press: Press, inModal: 'push' | 'replace', ...notices: string[]): Promise<void> {
  await openModal(press, await listView(press.context.scope, ...notices), { ...LIST_WAY, inModal });
}

async function listView(scope: Scope, ...notices: string[]): Promise<ModalView> {
  return kindsModal(await listKinds(scope.db), { notices, links: linksToPage(scope, KINDS_PATH) });
}

async function showForm(press: Press, id: string | null): Promise<void> {
  if (keepsTypedTextOut(press.context)) return leadToPage(press, { ...FORM_WAY, inModal: 'replace' });
  const view = await formView(press.context.scope, id);
  if (!view) return showList(press, 'replace', text.errors.notThere);
  await openModal(press, view, { ...FORM_WAY, inModal: 'replace' });
}

async function formView(
  scope: Scope,
  id: string | null,
  ...notices: string[]
): Promise<ModalView | undefined> {
  const { db } = scope;
  const [rows, people] = await Promise.all([listKindRows(db), listInvitable(db)]);
  const row = rows.find((each) => each.id === id && each.archivedAt === null);
  if (id !== null && !row) return undefined;
  const kind = row && kindFile(row);
  const state = { id, seen: kind ? await markOfKind(kind) : '' };
  const professions = [...new Set(people.map(({ profession }) => fold(profession)))].filter(isOneWord);
  return kindModal(state, kind, { people, professions }, notices);
}

/** What separates the rules of a kind cannot stand in one of them. */
function isOneWord(profession: string): boolean {
  return !/[,、，;；]/u.test(profession);
}

async function archive(press: Press): Promise<void> {
  const { scope } = press.context;
  const [id = '', seen = ''] = press.value.split('/');
  const archived = await archiveKind(scope, actorOf(press.context), { id, seen });
  if (archived.ok) return showList(press, 'replace', text.archived(archived.value));
  const first = archived.refusal.reason === 'changed-meanwhile';
  await showList(
    press,
    'replace',
    first ? await tellWhoWasFirst(scope.db, CHANGE_KIND) : text.errors.notThere,
  );
}

const State = v.pipe(v.string(), v.parseJson(), v.object({ id: v.nullable(v.string()), seen: v.string() }));

async function submitKind({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const read = readKindForm(values);
  if (!read.ok) return { errors: read.refusal };
  const parsed = v.safeParse(State, metadata);
  const state: KindState = parsed.success ? parsed.output : { id: '', seen: '' };
  const saved = await saveKind(scope, actorOf(context), state, read.value);
  if (saved.ok) return { update: await listView(scope, text.saved(read.value.name)), holds: 'references' };
  switch (saved.refusal.reason) {
    case 'not-allowed':
      return { errors: { name: text.errors.notAllowed } };
    case 'not-found':
      return { errors: { name: text.errors.notThere } };
    case 'name-taken':
      return { errors: { name: text.errors.nameTaken } };
    case 'changed-meanwhile': {
      // The same inputs: what was typed stays in them, and the second save is one that has seen the first.
      const view = await formView(scope, state.id, await tellWhoWasFirst(scope.db, CHANGE_KIND));
      return view ? { update: view } : { errors: { name: text.errors.notThere } };
    }
  }
}
