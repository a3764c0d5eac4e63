/** Promises on a page: what, who, until when; and what this person may do about each. */
import type { Context } from 'hono';
import { type JapanDate, japanDate } from '../../../lib/jst.ts';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { Actor } from '../../directory/actor.ts';
import { meetingPath } from '../paths.ts';
import type { OpenedPromise } from './data.ts';
import { promisePath } from './paths.ts';
import { mayKeep } from './rules.ts';
import { promisesText as text } from './text.ts';

export interface PromiseListProps {
  c: Context<PageEnv>;
  actor: Actor;
  promises: readonly OpenedPromise[];
  /** Whether she arranges the meetings that they were made at. */
  isArranger: boolean;
}

export function PromiseList({ c, actor, promises, isArranger }: PromiseListProps) {
  const today = japanDate(c.get('scope').now);
  return (
    <ul class="cards">
      {promises.map((promise) => (
        <li>
          <p class="typed">{promise.body}</p>
          <p>
            {promise.who}　{text.due(promise.dueOn)}
            {isOverdue(promise, today) ? (
              <>
                {' '}
                <span class="tag urgent">{text.overdue}</span>
              </>
            ) : null}
          </p>
          <p class="quiet">
            <a href={meetingPath(promise.reference)}>
              {promise.reference} {promise.kindName}
            </a>
          </p>
          {isArranger || mayKeep(actor, promise) ? (
            <Choices c={c} promise={promise} isArranger={isArranger} />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function isOverdue({ dueOn }: OpenedPromise, today: JapanDate): boolean {
  return dueOn !== null && dueOn < today;
}

function Choices({
  c,
  promise,
  isArranger,
}: {
  c: Context<PageEnv>;
  promise: OpenedPromise;
  isArranger: boolean;
}) {
  const field = `due-${promise.id}`;
  return (
    <form method="post" action={promisePath(promise.id)}>
      <FormToken c={c} />
      <input type="hidden" name="back" value={c.req.path} />
      <ul class="buttons">
        <li>
          <button class="button" type="submit" name="do" value="keep">
            {text.keep}
          </button>
        </li>
        {isArranger ? (
          <>
            <li class="pick">
              <label for={field}>
                {text.dueField}
                <input type="date" id={field} name="dueOn" value={promise.dueOn ?? ''} />
              </label>
              <button class="button" type="submit" name="do" value="move">
                {text.move}
              </button>
            </li>
            <li>
              <button class="button" type="submit" name="do" value="drop">
                {text.drop}
              </button>
            </li>
          </>
        ) : null}
      </ul>
    </form>
  );
}
