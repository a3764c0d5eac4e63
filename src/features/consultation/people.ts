/** Whom to tell that something waits for them: asked of the same rules that decide when they act. */
import type { Database } from '../../lib/db.ts';
import { type Colleague, listCenterStaff } from '../directory/data.ts';
import type { Operation } from './operating/words.ts';
import { denialOf } from './rules.ts';
import type { Standing } from './visibility/rules.ts';

/**
 * Those of a center who may do it in that standing, in the order of the city file.
 * @param center the code and kind of an open center
 */
export async function listThoseWhoMay(
  db: Database,
  operation: Operation,
  center: { code: string; kind: 'kikan' | 'district' | 'city' },
  standing: Standing,
): Promise<Colleague[]> {
  const colleagues = await listCenterStaff(db, center.code);
  return colleagues.filter((each) => denialOf({ ...each, center }, standing, operation) === undefined);
}

/** The managers of a center, by Slack id. */
export async function listManagers(db: Database, centerCode: string): Promise<string[]> {
  const colleagues = await listCenterStaff(db, centerCode);
  return colleagues.filter(({ role }) => role === 'manager').map(({ slackUserId }) => slackUserId);
}

/** Those who answer for a center: its managers; all, when it has none. */
export function managersFirst(colleagues: readonly Colleague[]): Colleague[] {
  const managers = colleagues.filter(({ role }) => role === 'manager');
  return managers.length > 0 ? managers : [...colleagues];
}
