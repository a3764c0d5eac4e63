/** Forms take effect once: what a form held is kept, as a sealed digest, in the batch of the change that it made. */
import { eq } from 'drizzle-orm';
import { sha256Hex } from '../../../lib/bytes.ts';
import type { FormValues } from '../../../slack/form.ts';
import type { Scope } from '../../../slack/scope.ts';
import { openCaseKeyOf } from '../content/data.ts';
import { type Consultation, casePlace } from '../data.ts';
import type { Change } from '../storing/mutations.ts';
import { submission } from '../tables.ts';

export interface SubmittedForm {
  /** Person and view: unique for each opened form. */
  key: string;
  values: FormValues;
}

/** Whether the form was stored before, with the same content or with other; undefined when it was not. */
export async function findSubmission(
  scope: Scope,
  of: Consultation,
  { key, values }: SubmittedForm,
): Promise<'same' | 'other' | undefined> {
  const [stored] = await scope.db.select().from(submission).where(eq(submission.key, key)).limit(1);
  if (!stored) return undefined;
  // A forged form may carry another case's id: its digest then belongs to another key, and does not open.
  if (stored.consultationId !== of.id) return 'other';
  const caseKey = await openCaseKeyOf(scope, of.id);
  const digest = await caseKey.open(digestPlace(key, of), stored.digest);
  return digest === (await digestOf(values)) ? 'same' : 'other';
}

/** The change with the form that made it in its batch. */
export async function keepForm(
  scope: Scope,
  of: Consultation,
  change: Change,
  form: SubmittedForm,
): Promise<Change> {
  const kept = scope.db.insert(submission).values(await sealSubmission(scope, of, form));
  return { ...change, statements: [...(change.statements ?? []), kept] };
}

/** The row that keeps it. Stored twice at once, the second batch fails and finds the first. */
async function sealSubmission(
  scope: Scope,
  of: Consultation,
  { key, values }: SubmittedForm,
): Promise<typeof submission.$inferInsert> {
  const caseKey = await openCaseKeyOf(scope, of.id);
  const digest = await caseKey.seal(digestPlace(key, of), await digestOf(values));
  return { key, consultationId: of.id, digest, storedAt: scope.now };
}

function digestPlace(key: string, of: Consultation) {
  return casePlace('submission', 'digest', key, of);
}

function digestOf(values: FormValues): Promise<string> {
  return sha256Hex(JSON.stringify(Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1))));
}
