/** What is typed about keeping a case. */
import { fold } from '../../../lib/japanese.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { retentionText } from './text.ts';

const MOST_CHARACTERS = 500;

/** The reason of a hold; what was typed is kept for the form that is shown again. */
export function readReason(form: FormData): Result<string, { sentence: string; typed: string }> {
  const posted = form.get('reason');
  const typed = typeof posted === 'string' ? posted.replaceAll('\r\n', '\n') : '';
  const { missing, tooLong } = retentionText.hold;
  if (fold(typed) === '') return refused({ sentence: missing, typed });
  if ([...typed].length > MOST_CHARACTERS) return refused({ sentence: tooLong(MOST_CHARACTERS), typed });
  return done(typed.trim());
}
