/** Lists of roll-calls: those that run, those to come, and the past ones of each kind for themselves. */
import type { Child } from 'hono/jsx';
import type { RollCall } from '../data.ts';
import { reportPath, rollCallPath } from '../paths.ts';
import { nameOf, rollCallText } from '../text.ts';
import { STATUS_WORDS } from '../words.ts';
import { rollCallPagesText as text } from './text.ts';

export function RollCallList({ rollCalls, none }: { rollCalls: readonly RollCall[]; none: string }): Child {
  if (rollCalls.length === 0) return <p>{none}</p>;
  return (
    <ul class="cards">
      {rollCalls.map((each) => (
        <li>
          <p class="name">
            <a href={rollCallPath(each.reference)}>{nameOf(each)}</a>
          </p>
          <p>
            {STATUS_WORDS[each.status]}　{timesOf(each)}
          </p>
          {each.status === 'closed' ? (
            <p>
              <a href={reportPath(each.reference)}>{text.report}</a>
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function timesOf({ startsAt, startedAt, closedAt }: RollCall): string {
  if (startedAt === null) return rollCallText.startsAt(startsAt);
  return [
    rollCallText.startedAt(startedAt),
    ...(closedAt === null ? [] : [rollCallText.closedAt(closedAt)]),
  ].join('　');
}
