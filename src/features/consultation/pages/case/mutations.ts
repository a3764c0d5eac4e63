/** Opening a case as a page: everything about it, for whoever may see it, and noted. */
import { done, type Result } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import type { OpenedClosing } from '../../closing/data.ts';
import { openClosing } from '../../closing/data.ts';
import { openCaseKeyOf } from '../../content/data.ts';
import { type LoadedConsultation, standingOf } from '../../data.ts';
import { type Relations, readRelations } from '../../merging/data.ts';
import type { Refusal } from '../../mutations.ts';
import { beginReading } from '../../reading/mutations.ts';
import { type Operation, operationsOf } from '../../rules.ts';
import { listEvents } from '../../timeline/data.ts';
import { type OpenedCase, type TimelineLine, timelineLines } from '../../timeline/lines.ts';
import { openCase } from '../../timeline/opening/data.ts';
import { sightOf } from '../../visibility/data.ts';

/** A case as its page shows it. */
export interface CaseOnPage {
  loaded: LoadedConsultation;
  opened: OpenedCase;
  /** Oldest first. */
  lines: readonly TimelineLine[];
  closing: OpenedClosing;
  relations: Relations;
  /** What the reader may do now. */
  operations: readonly Operation[];
}

export async function openCasePage(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<CaseOnPage, Refusal>> {
  const begun = await beginReading(scope, actor, id, { what: 'content' });
  if (!begun.ok) return begun;
  const loaded = begun.value;
  const { consultation: of } = loaded;
  const [key, events, sight] = await Promise.all([
    openCaseKeyOf(scope, id),
    listEvents(scope.db, id),
    sightOf(scope, actor),
  ]);
  const [opened, closing, relations] = await Promise.all([
    openCase(scope, actor, key, of, events),
    openClosing(scope.db, key, of),
    readRelations(scope.db, sight, of),
  ]);
  return done({
    loaded,
    opened,
    lines: timelineLines(events, opened),
    closing,
    relations,
    operations: operationsOf(actor, standingOf(loaded)),
  });
}
