/** The forms of the directory, as the pages host them: opened by a press, answered like any modal. Chat does not offer them. */
import { formatInstant } from '../../../lib/jst.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { type ModalView, openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { actorOf } from '../gate.ts';
import { noteRefusal } from '../noting.ts';
import { mayKeepDirectory } from '../rules.ts';
import { settingsText } from '../settings/text.ts';
import { CENTER_FORM, centerModal, PERSON_FORM, personModal } from './blocks.ts';
import { findLastChangeOf, loadDirectory } from './data.ts';
import { markOfEntry, type PeopleRefusal, saveCenter, savePerson } from './mutations.ts';
import type { Center, Person } from './rules.ts';
import { readCenterForm, readPersonForm, readSubject } from './schema.ts';
import { peopleText as text } from './text.ts';

export const PEOPLE_ACTIONS = {
  addPerson: 'people.add_person',
  changePerson: 'people.change_person',
  addCenter: 'people.add_center',
  changeCenter: 'people.change_center',
} as const;

/** For the pages' host of modals. */
export const peopleForms: SlackFeature = {
  presses: {
    [PEOPLE_ACTIONS.addPerson]: (press) => open(press, ({ scope, value }) => newPerson(scope, value)),
    [PEOPLE_ACTIONS.changePerson]: (press) =>
      open(press, async ({ scope, value }) => standingPerson(scope, value, [])),
    [PEOPLE_ACTIONS.addCenter]: (press) => open(press, async () => centerModal(undefined, NEW)),
    [PEOPLE_ACTIONS.changeCenter]: (press) =>
      open(press, async ({ scope, value }) => standingCenter(scope, value, [])),
  },
  submissions: { [PERSON_FORM]: submitPerson, [CENTER_FORM]: submitCenter },
};

const NEW = { id: '', mark: '' };

/** Opens a form for an admin, and notes who else asked for one; the value is the id of whom or what it is about. */
async function open(
  press: Press,
  view: (asked: { scope: Scope; value: string }) => Promise<ModalView>,
): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  if (mayKeepDirectory(actor))
    return openModal(press, await view({ scope, value: press.value }), { holds: 'typed', page: '/people' });
  await noteRefusal(scope, actor, 'directory.read');
  await sayTo(scope, press.person, press.channel, { text: text.refusals.notAllowed });
}

async function newPerson({ db }: Scope, inCenter: string): Promise<ModalView> {
  return personModal(await loadDirectory(db), undefined, NEW, { inCenter });
}

async function standingPerson(scope: Scope, id: string, notices: readonly string[]): Promise<ModalView> {
  const file = await loadDirectory(scope.db);
  const person = file.staff.find(({ slackUserId }) => slackUserId === id);
  if (!person) return personModal(file, undefined, NEW, { notices: [await tellGone(scope, id)] });
  return personModal(file, person, { id, mark: await markOfEntry(person) }, { notices });
}

async function standingCenter(scope: Scope, code: string, notices: readonly string[]): Promise<ModalView> {
  const file = await loadDirectory(scope.db);
  const center = file.centers.find((each) => each.code === code);
  if (!center) return centerModal(undefined, NEW, [await tellGone(scope, code)]);
  return centerModal(center, { id: code, mark: await markOfEntry(center) }, notices);
}

async function submitPerson({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const { id, mark } = readSubject(metadata);
  const wanted = readPersonForm(values, id);
  const saved = await savePerson(scope, actorOf(context), wanted, mark);
  if (saved.ok) return 'close';
  if (isOvertaken(saved.refusal))
    return { update: await standingPerson(scope, id, await tellFirst(scope, id, personLine)) };
  const errors = errorsOf(saved.refusal, 'rights', { slackUserId: text.refusals.listedAlready });
  return { errors: wanted.center === '' ? { ...errors, center: text.person.choose } : errors };
}

async function submitCenter({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const { id, mark } = readSubject(metadata);
  const saved = await saveCenter(scope, actorOf(context), readCenterForm(values, id), mark);
  if (saved.ok) return 'close';
  if (isOvertaken(saved.refusal))
    return { update: await standingCenter(scope, id, await tellFirst(scope, id, centerLine)) };
  return { errors: errorsOf(saved.refusal, 'name', { code: text.refusals.centerAlready }) };
}

function isOvertaken({ reason }: PeopleRefusal): boolean {
  return reason === 'changed-meanwhile' || reason === 'not-found';
}

/** Who was first, and what the entry is now; nothing when it is gone, which its form says by itself. */
async function tellFirst(
  scope: Scope,
  id: string,
  line: (file: Awaited<ReturnType<typeof loadDirectory>>, id: string) => string | undefined,
): Promise<string[]> {
  const now = line(await loadDirectory(scope.db), id);
  return now === undefined
    ? []
    : [text.changedMeanwhile(...(await lastChange(scope, id))), text.standing(now)];
}

async function tellGone(scope: Scope, id: string): Promise<string> {
  return text.goneMeanwhile(...(await lastChange(scope, id)));
}

async function lastChange({ db }: Scope, id: string): Promise<[by: string, at: string]> {
  const last = await findLastChangeOf(db, id);
  if (!last) throw new Error('nothing was changed');
  const by = last.name === null ? settingsText.importedFile : settingsText.person(last.name);
  return [by, formatInstant(last.at)];
}

type Directory = { staff: readonly Person[]; centers: readonly Center[] };

function personLine({ staff, centers }: Directory, id: string): string | undefined {
  const person = staff.find(({ slackUserId }) => slackUserId === id);
  if (!person) return undefined;
  const center = centers.find(({ code }) => code === person.center)?.name;
  const rights = [person.admin ? text.admin : undefined, person.duty ? text.duty : undefined];
  return lineOf([person.name, center, person.profession, text.roles[person.role], ...rights, person.email]);
}

function centerLine({ centers }: Directory, code: string): string | undefined {
  const center = centers.find((each) => each.code === code);
  return center && lineOf([center.name, center.short, center.channel, center.area]);
}

function lineOf(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('、');
}

/**
 * Sentences beside the fields.
 * @param ofWhole the field beside which stands what concerns the directory as a whole
 */
function errorsOf(
  refusal: PeopleRefusal,
  ofWhole: string,
  already: Record<string, string>,
): Record<string, string> {
  switch (refusal.reason) {
    case 'faulty': {
      const { '': whole, ...ofFields } = refusal.faults;
      return whole === undefined ? ofFields : { ...ofFields, [ofWhole]: whole };
    }
    case 'listed-already':
      return already;
    case 'last-admin':
      return { [ofWhole]: text.refusals.lastAdmin };
    default:
      return { name: text.refusals.notAllowed };
  }
}
