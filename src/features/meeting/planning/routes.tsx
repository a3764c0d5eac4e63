/** /meetings/plan: a year's dates by kind, as in chat, and below them all in order. */
import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { formatDate } from '../../../lib/jst.ts';
import { showPage } from '../../../web/frame.tsx';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { meetingPagesText } from '../pages/text.ts';
import { MEETINGS_PATH } from '../paths.ts';
import { nameOfYear } from './blocks.ts';
import { loadPlan, type Plan } from './data.ts';
import { PLAN_PATH } from './paths.ts';
import { mayPlan } from './rules.ts';
import { planView, yearOf } from './slack.ts';
import { planningText as text } from './text.ts';

export function planPages(host: ModalHost): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(PLAN_PATH, async (c) => {
    const actor = actorOfPage(c);
    const scope = c.get('scope');
    if (!mayPlan(actor)) {
      await noteRefusal(scope, actor, 'meeting.plan', { detail: { reason: 'not-allowed' } });
      return c.notFound();
    }
    const year = await yearOf(scope, c.req.query('year') ?? '');
    const plan = await loadPlan(scope.db, actor, year);
    const view = await planView(scope, actor, year);
    return showPage(c, {
      title: text.heading(nameOfYear(year, plan.firstMonth)),
      body: (
        <>
          {await host.embed(c, view)}
          <ByDate plan={plan} />
          <p>
            <a class="button plain" href={MEETINGS_PATH}>
              {meetingPagesText.back}
            </a>
          </p>
        </>
      ),
    });
  });

  return pages;
}

/** For whoever looks for gaps and crowded weeks. */
function ByDate({ plan }: { plan: Plan }): Child {
  const dates = plan.kinds
    .flatMap(({ kind, dates: own }) => own.map((date) => ({ ...date, name: kind.name })))
    .toSorted((one, other) => (`${one.on} ${one.starts}` < `${other.on} ${other.starts}` ? -1 : 1));
  if (dates.length === 0) return null;
  return (
    <>
      <h2>{text.byMonth}</h2>
      <ol>
        {dates.map(({ id, on, starts, name }) => (
          <li>
            {on.slice(0, 4)}年{formatDate(on)} {starts}　{name}
            {plan.clashes.has(id) ? text.clashMark : ''}
          </li>
        ))}
      </ol>
    </>
  );
}
