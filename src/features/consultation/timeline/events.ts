/** Events of a case as sentences: who did what, when. */
import { formatInstant } from '../../../lib/jst.ts';
import { consultationText, OPERATION_DONE, OTHER_EVENTS } from '../text.ts';
import type { CaseEvent } from './data.ts';
import { timelineText } from './text.ts';

const text = consultationText.refusals;

/** `伊藤 直子さんが回答しました（11月22日(日) 9:05）。` */
export function happened(event: CaseEvent): string {
  const what = whatHappened(event.action);
  const when = formatInstant(event.at);
  return event.actorName
    ? text.happened(text.person(event.actorName), what, when)
    : text.happenedByItself(what, when);
}

/** The event without who and when. An action of another version of kikan is a change like any other. */
export function whatHappened(action: string): string {
  const known = { ...OTHER_EVENTS, ...prefixed(OPERATION_DONE) };
  return Object.entries(known).find(([each]) => each === action)?.[1] ?? timelineText.unknown;
}

function prefixed(table: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(table).map(([name, words]) => [`consultation.${name}`, words]));
}
