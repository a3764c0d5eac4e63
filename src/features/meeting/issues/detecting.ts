/** Looks for personal data in what somebody writes of an area, where none should stand. */
import type { Scope } from '../../../slack/scope.ts';
import { loadDetector } from '../../../vault/personal-data/detector.ts';
import { listStaffNames } from './data.ts';
import { issuesText } from './text.ts';

/** What kinds of personal data a text seems to hold, as people call them; undefined when it seems to hold none. */
export async function personalDataIn({ db }: Pick<Scope, 'db'>, text: string): Promise<string | undefined> {
  const [detector, colleagues] = await Promise.all([loadDetector(), listStaffNames(db)]);
  const kinds = [...new Set(detector.find(text, { colleagues }).map(({ kind }) => issuesText.kinds[kind]))];
  return kinds.length === 0 ? undefined : kinds.join('、');
}
