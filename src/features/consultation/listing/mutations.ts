/** Keeping the rows that lists find cases by as the cases are. */
import { eq, sql } from 'drizzle-orm';
import type { Database, Statement } from '../../../lib/db.ts';
import type { Consultation } from '../data.ts';
import type { Topic } from '../words.ts';
import { consultationTopic } from './tables.ts';

/** The statements that bring a case's topics up to date; to be put into the batch that stores the case. None when they stay. */
export function storeTopics(
  db: Database,
  { id, submittedAt, topics }: Pick<Consultation, 'id' | 'submittedAt' | 'topics'>,
  before: readonly Topic[],
): Statement[] {
  const list = JSON.stringify(topics);
  if (list === JSON.stringify(before)) return [];
  const gone = db.delete(consultationTopic).where(eq(consultationTopic.consultationId, id));
  const added = db
    .insert(consultationTopic)
    .select(sql`SELECT DISTINCT value, ${submittedAt.getTime()}, ${id} FROM json_each(${list}) WHERE true`);
  return [...(before.length > 0 ? [gone] : []), ...(topics.length > 0 ? [added] : [])];
}
