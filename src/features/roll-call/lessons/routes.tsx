/** /roll-calls/improvements: what was promised of all drills and roll-calls, open ones first. */
import { Hono } from 'hono';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { standInOfActor } from '../data.ts';
import { ROLL_CALLS_PATH } from '../paths.ts';
import { mayCommand } from '../rules.ts';
import { openPromises } from './data.ts';
import { LessonList } from './list.tsx';
import { IMPROVEMENTS_PATH } from './paths.ts';
import { lessonsText } from './text.ts';

const text = lessonsText.list;

export function lessonPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(IMPROVEMENTS_PATH, async (c) => {
    const scope = c.get('scope');
    const actor = actorOfPage(c);
    const [promises, standIn] = await Promise.all([openPromises(scope), standInOfActor(scope, actor)]);
    const open = promises.filter(({ doneAt }) => doneAt === null);
    const done = promises.filter(({ doneAt }) => doneAt !== null);
    const shared = { c, actor, isCommander: mayCommand(actor, standIn), isNamed: true };
    return showPage(c, {
      title: text.title,
      body: (
        <>
          <p>{promises.length === 0 ? text.none : text.lead}</p>
          {promises.length === 0 ? null : (
            <>
              <h2>{text.open}</h2>
              {open.length === 0 ? <p>{text.noneOpen}</p> : <LessonList {...shared} lessons={open} />}
            </>
          )}
          {done.length === 0 ? null : (
            <>
              <h2>{text.done}</h2>
              <LessonList {...shared} lessons={done} />
            </>
          )}
          <p>
            <a class="button plain" href={ROLL_CALLS_PATH}>
              {text.back}
            </a>
          </p>
        </>
      ),
    });
  });

  return pages;
}
