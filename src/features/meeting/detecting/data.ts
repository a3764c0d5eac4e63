/** Looks for personal data in what somebody writes of a meeting, where none should stand. Staff may be named. */
import { isNull } from 'drizzle-orm';
import type { Scope } from '../../../slack/scope.ts';
import { loadDetector } from '../../../vault/personal-data/detector.ts';
import { staff } from '../../directory/tables.ts';
import { meetingText } from '../text.ts';

type Db = Pick<Scope, 'db'>;

async function findIn({ db }: Db, text: string) {
  const [detector, rows] = await Promise.all([
    loadDetector(),
    db.select({ name: staff.name }).from(staff).where(isNull(staff.removedAt)),
  ]);
  return detector.find(text, { colleagues: rows.map(({ name }) => name) });
}

/** The words that look like personal data, as they were typed: for their author only. */
export async function personalWordsIn(scope: Db, text: string): Promise<string[]> {
  const words = (await findIn(scope, text)).map(({ start, end }) => text.slice(start, end));
  return [...new Set(words)];
}

/** What kinds of personal data a text seems to hold, as people call them; undefined when it seems to hold none. */
export async function personalDataIn(scope: Db, text: string): Promise<string | undefined> {
  const kinds = (await findIn(scope, text)).map(({ kind }) => meetingText.personalData.kinds[kind]);
  return kinds.length === 0 ? undefined : [...new Set(kinds)].join('、');
}

/**
 * Why a title may not be stored: titles stand in channels, mails and calendars. Places are not asked: they are addresses.
 * @returns by the field's name, to be shown beside it; undefined when nothing stands against it
 */
export async function titleFault(scope: Db, title: string | null): Promise<{ title: string } | undefined> {
  const kinds = title === null ? undefined : await personalDataIn(scope, title);
  return kinds === undefined ? undefined : { title: meetingText.personalData.inFact(kinds) };
}
