/** 追記する: whoever is part of a case adds to it, without changing its state. */
import { done, type Result } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { readNoteButton, referenceMessage } from '../blocks.ts';
import type { Consultation } from '../data.ts';
import { changeConsultation, type Refusal, type Wish } from '../mutations.ts';
import { sealNote } from '../notes/mutations.ts';
import { tellInCharge } from '../notices.ts';
import { commentingText as text } from './text.ts';

/** Stores a comment, sealed, and tells the person in charge. While nobody is, nobody is told: whoever takes charge reads it then. */
export async function commentOnConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  body: string,
): Promise<Result<Consultation, Refusal>> {
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: of } = loaded;
    const sealed = await sealNote(scope, actor, of, 'comment', body);
    const readIt = sealed.id === null ? [] : [readNoteButton(of, sealed.id)];
    return done({
      detail: { note: sealed.id },
      after: of,
      statements: sealed.statements,
      entries: tellInCharge(loaded, referenceMessage(text.told(of.reference), readIt), actor.slackUserId),
    });
  });
}
