/** While a roll-call runs, its board is sent each minute: the time since the start goes on, and Slack's silence is noticed though nobody answers. */
import { runBatch } from '../../../lib/db.ts';
import { enqueue } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { listBoardsToRefresh } from './data.ts';
import { boardEntry } from './entries.ts';

/** Run twice or late, it does no harm: of several waiting versions only the latest is sent. */
export async function refreshBoards(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const boards = await listBoardsToRefresh(db);
  if (boards.length === 0) return;
  await runBatch(db, [
    enqueue(
      db,
      boards.flatMap((board) => boardEntry(board)),
      now,
    ),
  ]);
  scope.wakeCourier();
}
