/** Who may do what with the FAQ. Pure: records and the time are arguments. */
import { fold } from '../../lib/japanese.ts';
import { addDays, type JapanDate } from '../../lib/jst.ts';
import type { Actor } from '../directory/actor.ts';
import { isCoreManager } from '../directory/rules.ts';
import type { EntryState, Visibility } from './words.ts';

export type Person = Pick<Actor, 'slackUserId' | 'role' | 'isAdmin'> & {
  center: Pick<Actor['center'], 'kind'>;
};

/** Everything that people find of an entry. */
export interface EntryContent {
  question: string;
  /** Other ways to ask it. */
  aliases: readonly string[];
  answer: string;
  topics: readonly string[];
  links: readonly EntryLink[];
}

export interface EntryLink {
  label: string;
  /** http(s) */
  url: string;
}

/** What is for the core center only does not exist for anybody else. */
export function mayReadCoreOnly(person: Person): boolean {
  return person.center.kind === 'kikan';
}

/** What is published is for everybody whom it is meant for; all else is the desk's business. */
export function mayReadEntry(
  person: Person,
  { status, visibility }: { status: EntryState; visibility: Visibility },
): boolean {
  return status === 'published' && (visibility === 'all' || mayReadCoreOnly(person));
}

/** Drafts, questions nobody could answer, synonyms, duplicates: the core center's desk. */
export function mayEdit(person: Person): boolean {
  return person.center.kind === 'kikan';
}

/** A second person of the core center, or an admin where the core center has nobody else: nobody approves what she wrote. */
export function mayApprove(person: Person, editors: readonly string[]): boolean {
  return (mayEdit(person) || person.isAdmin) && !editors.includes(person.slackUserId);
}

/** Who reads what waits for approval. */
export function maySeeDesk(person: Person): boolean {
  return mayEdit(person) || person.isAdmin;
}

/** Whoever imports as published answers for the file: the core center's managers, and admins. */
export function mayImport(person: Person): boolean {
  return isCoreManager(person) || person.isAdmin;
}

/** Who takes entries out as a file: whoever edits them, and whoever may bring one in. */
export function mayExchange(person: Person): boolean {
  return mayEdit(person) || mayImport(person);
}

/** Numbers about what is asked, without anybody's words: the core center, the city and admins. */
export function maySeeFigures(person: Person): boolean {
  return person.center.kind !== 'district' || person.isAdmin;
}

/** Laws and forms change yearly: an answer that nobody has looked at for longer is shown with a warning. */
export const STALE_AFTER_DAYS = 365;

export function isStale(reviewedOn: JapanDate | null, today: JapanDate): boolean {
  return reviewedOn === null || addDays(reviewedOn, STALE_AFTER_DAYS) < today;
}

/** `FAQ-0012`. */
export function formatFaqReference(number: number): string {
  return `FAQ-${String(number).padStart(4, '0')}`;
}

/** Reads `FAQ-0012` and `12`, in any width; undefined for anything else. */
export function readFaqNumber(text: string): number | undefined {
  const [, digits] = /^(?:FAQ-?)?0*(\d{1,9})$/i.exec(fold(text)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
