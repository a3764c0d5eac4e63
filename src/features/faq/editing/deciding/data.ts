/** What the second person wrote. */
import type { Scope } from '../../../../slack/scope.ts';
import { type FaqRevision, revisionPlace } from '../../data.ts';
import { openFaqKey } from '../../sealing.ts';

/** Why a version was sent back; null when it was not, or when its words were erased. */
export async function openNote(scope: Scope, revision: FaqRevision): Promise<string | null> {
  if (revision.note === null) return null;
  return (await openFaqKey(scope)).open(revisionPlace(revision, 'note'), revision.note);
}
