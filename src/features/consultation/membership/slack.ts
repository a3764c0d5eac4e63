/** 協力者を決める, 閲覧を限定する and 閲覧の限定を解く: their forms. */
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, listValue } from '../../../slack/form.ts';
import { standingOf } from '../data.ts';
import { type CasePart, formInSlack, type Opened } from '../forms.ts';
import { type FieldErrors, MAX_BODY, readOptional } from '../schema.ts';
import { maySee } from '../visibility/rules.ts';
import { membersForm, restrictForm, unrestrictForm } from './blocks.ts';
import { listNameable } from './data.ts';
import { nameMembers, restrictConsultation, unrestrictConsultation } from './mutations.ts';
import { membershipText as text } from './text.ts';

const nameForm = formInSlack({
  operation: 'name_members',
  holds: 'references',
  title: text.name.title,
  submit: text.name.submit,
  mainField: 'members',
  blocks: async ({ scope, loaded }) => membersForm(loaded, await listNameable(scope.db, loaded)),
  read: readMembers,
  store: nameMembers,
});

const restrictInSlack = formInSlack({
  operation: 'restrict',
  title: text.restrict.title,
  submit: text.restrict.submit,
  mainField: 'members',
  blocks: async (opened) =>
    restrictForm(opened.loaded, await listNameable(opened.scope.db, opened.loaded), chosenAtFirst(opened)),
  async read(values, opened) {
    const [members, reason] = [await readMembers(values, opened), readReason(values)];
    if (members.ok && reason.ok) return done({ members: members.value, reason: reason.value });
    return refused({ ...(members.ok ? {} : members.refusal), ...(reason.ok ? {} : reason.refusal) });
  },
  store: restrictConsultation,
});

const unrestrictInSlack = formInSlack({
  operation: 'unrestrict',
  title: text.unrestrict.title,
  submit: text.unrestrict.submit,
  mainField: 'reason',
  blocks: unrestrictForm,
  read: readReason,
  store: unrestrictConsultation,
});

/** A manager who closes a colleague's case would close herself out unawares: she is chosen, and may take her name away. */
function chosenAtFirst({ actor, loaded }: Opened): string[] {
  const isNamedAnyway = maySee(actor, { ...standingOf(loaded), isRestricted: true });
  return isNamedAnyway ? [...loaded.members] : [...loaded.members, actor.slackUserId];
}

async function readMembers(
  values: FormValues,
  { scope, loaded }: Opened,
): Promise<Result<string[], FieldErrors>> {
  const chosen = [...new Set(listValue(values, 'members'))];
  const people = await listNameable(scope.db, loaded);
  const isListed = (person: string) => people.some(({ slackUserId }) => slackUserId === person);
  return chosen.every(isListed) ? done(chosen) : refused({ members: text.notListed });
}

function readReason(values: FormValues): Result<string | null, FieldErrors> {
  const reason = readOptional(values, 'reason', MAX_BODY);
  return reason.ok ? reason : refused({ reason: reason.refusal });
}

export const membership: CasePart = {
  operations: { name_members: nameForm, restrict: restrictInSlack, unrestrict: unrestrictInSlack },
};
