/** Reading is a write: nobody sees content without an entry in the audit log. */
import type { Database } from '../../../lib/db.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { noteLook } from '../../directory/noting.ts';
import { isAnswerOf } from '../content/data.ts';
import { type LoadedConsultation, loadConsultation, standingOf } from '../data.ts';
import { isFileOf } from '../files/data.ts';
import { type Refusal, recordRefusal } from '../mutations.ts';
import { isNoteOf } from '../notes/data.ts';
import { needsPurpose } from '../purpose/data.ts';
import { maySee } from '../visibility/rules.ts';

/** What is about to be read; answers and notes are named, since each is written by somebody else. */
export type Reading =
  | { what: 'content' | 'question' | 'closing' | 'timeline' | 'sheet' | 'sharing' }
  | { what: 'answer'; answer: string }
  | { what: 'note'; note: string }
  | { what: 'activity'; activity: string }
  | { what: 'file'; file: string };

/**
 * Notes that the Actor is about to read its content. Refused like what does not exist; whoever does not belong to the case says first
 * what it is opened for.
 */
export async function beginReading(
  scope: Scope,
  actor: Actor,
  id: string,
  reading: Reading,
): Promise<Result<LoadedConsultation, Refusal>> {
  const loaded = await loadConsultation(scope, id);
  if (loaded?.consultation.erasedAt && maySee(actor, standingOf(loaded))) {
    await recordRefusal(scope, actor, { id, loaded }, 'consultation.read', 'erased');
    return refused({ reason: 'erased', of: loaded.consultation });
  }
  const isThere = await isPartOf(scope.db, id, reading);
  if (!loaded || !maySee(actor, standingOf(loaded)) || !isThere) {
    await recordRefusal(scope, actor, { id, loaded }, 'consultation.read', 'not-found');
    return refused({ reason: 'not-found' });
  }
  if (await needsPurpose(scope, actor, loaded))
    return refused({ reason: 'purpose-needed', of: loaded.consultation });
  await noteReading(scope, actor, id, reading);
  return done(loaded);
}

/** What is named must be part of the very case that it is asked for in. */
async function isPartOf(db: Database, id: string, reading: Reading): Promise<boolean> {
  switch (reading.what) {
    case 'answer':
      return isAnswerOf(db, id, reading.answer);
    case 'note':
      return isNoteOf(db, id, reading.note);
    case 'file':
      return isFileOf(db, id, reading.file);
    default:
      return true;
  }
}

/** Notes a reading that the caller has asked the rules about. */
export function noteReading(scope: Scope, actor: Actor, id: string, reading: Reading): Promise<void> {
  const action = reading.what === 'file' ? 'file.download' : 'consultation.read';
  return noteLook(scope, actor, action, { caseId: id, detail: { ...reading } });
}
