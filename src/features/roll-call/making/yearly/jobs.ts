/** The drill of each fiscal year: while it has not been held by December, those who command are reminded once a month. */
import { isUniqueViolation, runBatch } from '../../../../lib/db.ts';
import { formatInstant } from '../../../../lib/jst.ts';
import { button, markdownSection } from '../../../../slack/block-kit.ts';
import { enqueue, type Message } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { findCity } from '../../../directory/data.ts';
import { cityCalendar } from '../../../meeting/planning/data.ts';
import { listCommanders } from '../../data.ts';
import { START_ACTIONS } from '../../starting/actions.ts';
import { noticeStatements } from '../../storing/mutations.ts';
import { findDrillsOfYear, findNotice, type YearOfDrills } from '../data.ts';
import { dueMonth } from './rules.ts';
import { yearlyText as text } from './text.ts';

/** Hourly: a run that was missed costs an hour. */
export async function remindOfYearlyDrill(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const city = await findCity(db);
  if (!city) return;
  const month = dueMonth(now, city.fiscalYearStart, cityCalendar(city));
  if (month === undefined) return;
  const year = await findDrillsOfYear(db, now);
  if (year.drills.some(({ status }) => status === 'closed' || status === 'running')) return;
  const chain = `year/${year.fiscalYear}`;
  const told = { what: `drill-reminder/${month}`, recipient: 'commanders' };
  if (await findNotice(db, chain, told)) return;
  const message = messageOf(year);
  const entries = (await listCommanders(db, now)).map((person) => ({
    kind: 'direct' as const,
    person,
    message,
  }));
  try {
    await runBatch(db, [...noticeStatements(db, chain, [told], now), enqueue(db, entries, now)]);
  } catch (error) {
    // A second run at the same time told them.
    if (!isUniqueViolation(error)) throw error;
  }
  scope.wakeCourier();
}

function messageOf({ series, drills }: YearOfDrills): Message {
  const lines = drills.map(({ reference, startsAt }) => text.line(reference, formatInstant(startsAt)));
  const sentence = lines.length === 0 ? text.none(series) : text.planned(series, lines);
  return {
    text: sentence,
    blocks: [
      markdownSection(sentence),
      { type: 'actions', elements: [button(START_ACTIONS.form, text.open, 'drill')] },
    ],
  };
}
