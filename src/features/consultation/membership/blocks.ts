/** The forms of 協力者 and 限定. */
import type { types } from '@slack/bolt';
import { cutText } from '../../../lib/japanese.ts';
import { contextLine, plainSections } from '../../../slack/block-kit.ts';
import { input } from '../../../slack/inputs.ts';
import { peopleSelect } from '../../directory/inputs.ts';
import type { LoadedConsultation } from '../data.ts';
import { paragraph } from '../inputs.ts';
import type { Nameable } from './data.ts';
import { membershipText as text } from './text.ts';

/** Slack's limit of a choice's text. */
const MAX_OPTION = 75;

export function membersForm(
  { consultation: of, members }: LoadedConsultation,
  people: readonly Nameable[],
): types.KnownBlock[] {
  return [
    contextLine(text.name.notice),
    ...(of.isRestricted ? [contextLine(text.name.restrictedNotice)] : []),
    membersInput(text.name.members, people, members),
  ];
}

/** @param chosen the members that are chosen beforehand */
export function restrictForm(
  loaded: LoadedConsultation,
  people: readonly Nameable[],
  chosen: readonly string[],
): types.KnownBlock[] {
  return [
    contextLine(text.restrict.notice),
    ...plainSections(inherentlyNamed(loaded, people).join('\n')),
    membersInput(text.restrict.members, people, chosen),
    input('reason', text.restrict.reason, paragraph('')),
  ];
}

export function unrestrictForm(): types.KnownBlock[] {
  return [contextLine(text.unrestrict.notice), input('reason', text.unrestrict.reason, paragraph(''))];
}

function membersInput(
  label: { label: string; hint: string },
  people: readonly Nameable[],
  chosen: readonly string[],
): types.InputBlock {
  const listed = people.map(({ slackUserId, name, short }) => ({
    slackUserId,
    name: cutText(text.person(name, short), MAX_OPTION)[0] ?? name,
  }));
  return input('members', label, peopleSelect(listed, text.placeholder, chosen));
}

/** Who sees a 限定 case without being chosen, in the order of `rules.maySee`. */
function inherentlyNamed(
  { consultation: of, deputy, isSenderThere, offer }: LoadedConsultation,
  people: readonly Nameable[],
): string[] {
  const line = (person: string | null, words: (name: string) => string) => {
    const found = people.find(({ slackUserId }) => slackUserId === person);
    return found ? [words(found.name)] : [];
  };
  const { inherent } = text;
  return [
    ...(isSenderThere ? line(of.sender, inherent.sender) : []),
    ...line(of.personInCharge, inherent.personInCharge),
    ...line(deputy, inherent.deputy),
    ...line(of.proposedPerson, inherent.proposed),
    ...(of.personInCharge === null ? [inherent.managers] : []),
    ...(offer ? [inherent.receivers] : []),
  ];
}
