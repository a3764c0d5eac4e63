/** Drafts of the FAQ: what two people may do with one text, and what never gets past its author. Pure. */
import type { FindingKind } from '../../../vault/personal-data/finding.ts';
import { maskText } from '../../../vault/personal-data/text.ts';
import { isNeverShared } from '../../consultation/sharing/rules.ts';
import { isCoreManager } from '../../directory/rules.ts';
import { type EntryContent, mayApprove, type Person } from '../rules.ts';
import type { RevisionState } from '../words.ts';

/** What an entry says, field by field, as its form has it. */
export const FIELDS = ['question', 'aliases', 'answer', 'topics', 'links'] as const;
export type Field = (typeof FIELDS)[number];
export type Texts = Record<Field, string>;

export function textsOf(content: EntryContent): Texts {
  return {
    question: content.question,
    aliases: content.aliases.join('\n'),
    answer: content.answer,
    topics: content.topics.join('\n'),
    links: content.links.map(({ label, url }) => (label === url ? url : `${label} ${url}`)).join('\n'),
  };
}

export function isSameContent(one: EntryContent, other: EntryContent): boolean {
  const texts = [textsOf(one), textsOf(other)] as const;
  return FIELDS.every((field) => texts[0][field] === texts[1][field]);
}

interface Standing {
  entry: { publishedRevision: number | null };
  open: { number: number; updatedAt: Date } | null;
  lastRevision: number;
}

/**
 * Which texts somebody has before them, the draft and what it would take the place of: any save, proposal or decision makes it another
 * one, and so does a file that brings another text, a withdrawal or a merger; what only surrounds the text does not.
 */
export function stampOf({ entry, open, lastRevision }: Standing): string {
  const published = entry.publishedRevision ?? 0;
  return open ? `${open.number}/${open.updatedAt.getTime()}/${published}` : `0/${lastRevision}/${published}`;
}

/** The version that a stamp speaks of; 0 when there was no draft. */
export function versionIn(stamp: string): number {
  const [, digits] = /^(\d{1,9})\//.exec(stamp) ?? [];
  return Number(digits ?? 0);
}

/** Later than what is replaced, whatever the clocks of two machines say: stamps differ. */
export function laterThan(before: Date, now: Date): Date {
  return new Date(Math.max(now.getTime(), before.getTime() + 1));
}

/** Of everybody's words: what may stand in none of them. What was drawn from a case is as strict as what is shared of one. */
export function isNeverPublished(kind: FindingKind, isFromCase: boolean): boolean {
  if (isFromCase) return isNeverShared(kind);
  // Numbers and addresses of offices are what an answer is looked up for: a person says whose they are.
  return kind === 'my_number' || kind === 'insured_number' || kind === 'known_value';
}

/** Whether something still stands where personal data was covered: an answer with 「［氏名］さん」 in it helps nobody. */
export function hasCoveredPlaces(content: EntryContent): boolean {
  const texts = Object.values(textsOf(content));
  return Object.values(maskText).some((mark) => texts.some((text) => text.includes(mark)));
}

/** Erasing a text cannot be taken back: the core center's managers. */
export function mayErase(person: Person): boolean {
  return isCoreManager(person);
}

/** What is found or worked on is withdrawn or dropped first. */
export function isErasable(state: RevisionState): boolean {
  return state === 'replaced' || state === 'dropped';
}

/** Who is asked to approve: managers of the core center; where these wrote it, its others; where nobody is left, admins. */
export function approversAmong<Somebody extends Person>(
  people: readonly Somebody[],
  editors: readonly string[],
): Somebody[] {
  const able = people.filter((each) => mayApprove(each, editors));
  const managers = able.filter(isCoreManager);
  if (managers.length > 0) return managers;
  const core = able.filter(({ center }) => center.kind === 'kikan');
  return core.length > 0 ? core : able;
}
