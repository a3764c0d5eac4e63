/** What people write into a case besides its question and its answers: sealed, and named in the audit log by its id. */
import type { Statement } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { openCaseKeyOf } from '../content/data.ts';
import { type Consultation, casePlace } from '../data.ts';
import { note } from '../tables.ts';

export interface SealedNote {
  /** For the audit entry's `note`; null when nothing was written. */
  id: string | null;
  /** For the batch of the change that it belongs to. */
  statements: Statement[];
}

/** Seals what a person wrote about a case, in at most 3,000 characters. Null, an input that was left empty, gives no row. */
export async function sealNote(
  scope: Scope,
  actor: Actor,
  of: Pick<Consultation, 'id' | 'sendingCenter'>,
  kind: (typeof note.$inferInsert)['kind'],
  text: string | null,
): Promise<SealedNote> {
  if (text === null) return { id: null, statements: [] };
  const id = crypto.randomUUID();
  const key = await openCaseKeyOf(scope, of.id);
  const row = {
    id,
    consultationId: of.id,
    kind,
    author: actor.slackUserId,
    body: await key.seal(casePlace('note', 'body', id, of), text),
    writtenAt: scope.now,
  };
  return { id, statements: [scope.db.insert(note).values(row)] };
}
