/** An investigation is itself logged, before it shows anything. For admins; others are answered as if there were no such thing. */
import { done, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { noteLook } from '../../../directory/noting.ts';
import { recordRefusal } from '../../mutations.ts';
import { type LoggedPerson, listPeople } from '../data.ts';
import { mayInvestigate } from '../rules.ts';
import { type RunQueries, readFindings } from './data.ts';
import { type Report, reportOf } from './report.ts';
import { detailOf, type Investigation } from './schema.ts';

export type IncidentAction = 'incident.read' | 'incident.export';

/** Whom an investigation can be about. */
export async function beginInvestigation(
  scope: Scope,
  actor: Actor,
  action: IncidentAction,
): Promise<Result<LoggedPerson[], 'not-found'>> {
  if (mayInvestigate(actor)) return done(await listPeople(scope.db));
  await recordRefusal(scope, actor, { id: '', loaded: undefined }, action, 'not-found');
  return refused('not-found');
}

/** What somebody saw, references only: opening hundreds of names on a page would be a reading of its own. Requires `beginInvestigation`. */
export async function investigate(
  scope: Scope,
  actor: Actor,
  action: IncidentAction,
  investigation: Investigation,
): Promise<Report> {
  await noteLook(scope, actor, action, { detail: detailOf(investigation) });
  const run: RunQueries = (queries) => Promise.all(queries.map((query) => scope.db.all(query)));
  return reportOf(await readFindings(run, investigation));
}
