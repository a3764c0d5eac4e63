/** 気づき and promises on pages: what, who, until when; and what this person may do about each. */
import type { Context } from 'hono';
import { type JapanDate, japanDate } from '../../../lib/jst.ts';
import { FormToken } from '../../../web/frame.tsx';
import { PRESS_SEPARATOR } from '../../../web/modal/blocks.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { Actor } from '../../directory/actor.ts';
import { rollCallPath } from '../paths.ts';
import { nameOf } from '../text.ts';
import { LESSON_ACTIONS } from './blocks.ts';
import type { OpenedLesson } from './data.ts';
import { isOverdue } from './rules.ts';
import { lessonsText as text } from './text.ts';

export interface LessonListProps {
  c: Context<PageEnv>;
  actor: Actor;
  lessons: readonly OpenedLesson[];
  isCommander: boolean;
  /** Whether each says which roll-call it is of: not on that one's own page. */
  isNamed: boolean;
}

export function LessonList({ c, actor, lessons, isCommander, isNamed }: LessonListProps) {
  const today = japanDate(c.get('scope').now);
  return (
    <ul class="cards">
      {lessons.map((lesson) => (
        <li>
          {isNamed ? (
            <p>
              <a href={rollCallPath(lesson.reference)}>{nameOf(lesson)}</a>
            </p>
          ) : null}
          <p class="quiet">{text.from(lesson.centerShort, lesson.at)}</p>
          <p class="typed">{lesson.body}</p>
          <Promised lesson={lesson} today={today} />
          <Choices c={c} lesson={lesson} actor={actor} isCommander={isCommander} />
        </li>
      ))}
    </ul>
  );
}

function Promised({ lesson, today }: { lesson: OpenedLesson; today: JapanDate }) {
  const { promise, keeper, dueOn, doneAt } = lesson;
  if (promise === null || dueOn === null) return null;
  return (
    <div class={doneAt === null ? 'notice' : 'notice done'}>
      <p class="typed">
        <strong>{text.promise.title}：</strong>
        {promise}
      </p>
      <p>
        {text.promised(keeper, dueOn)}
        {doneAt === null ? null : <span class="tag">{text.done(doneAt)}</span>}
        {isOverdue(lesson, today) ? <span class="tag urgent">{text.overdue}</span> : null}
      </p>
    </div>
  );
}

function Choices({
  c,
  lesson,
  actor,
  isCommander,
}: Pick<LessonListProps, 'c' | 'actor' | 'isCommander'> & { lesson: OpenedLesson }) {
  const { id, promise, promisedBy, doneAt } = lesson;
  const mayKeep = promise !== null && (isCommander || promisedBy === actor.slackUserId);
  if (doneAt !== null || !(isCommander || mayKeep)) return null;
  return (
    <form method="post" action="/modal/press">
      <FormToken c={c} />
      <input type="hidden" name="back" value={c.req.path} />
      <ul class="buttons">
        {mayKeep ? (
          <li>
            <PressButton actionId={LESSON_ACTIONS.keep} value={id} label={text.keepButton} />
          </li>
        ) : null}
        {isCommander ? (
          <li>
            <PressButton
              actionId={LESSON_ACTIONS.promise}
              value={id}
              label={promise === null ? text.promiseButton : text.changeButton}
            />
          </li>
        ) : null}
      </ul>
    </form>
  );
}

function PressButton({ actionId, value, label }: { actionId: string; value: string; label: string }) {
  return (
    <button class="button" type="submit" name="press" value={`${actionId}${PRESS_SEPARATOR}${value}`}>
      {label}
    </button>
  );
}
