/** /meetings/promises: what somebody promised, and what was promised to those who arrange meetings. */
import { type Context, Hono } from 'hono';
import { isCalendarDate } from '../../../lib/jst.ts';
import type { Result } from '../../../lib/result.ts';
import { showPage } from '../../../web/frame.tsx';
import { localPath } from '../../../web/local-path.ts';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { MEETINGS_PATH } from '../paths.ts';
import { noteRefusal } from '../storing/mutations.ts';
import { type ListedPromise, openPromises, type Share } from './data.ts';
import { PromiseList } from './list.tsx';
import { movePromise, type PromiseRefusal, settlePromise } from './mutations.ts';
import { PROMISES_PATH } from './paths.ts';
import { promisesText as text } from './text.ts';

const SHARES: readonly { share: Share; heading: string }[] = [
  { share: 'mine', heading: text.mine },
  { share: 'staff', heading: text.center },
  { share: 'arranged', heading: text.arranged },
];

export function promisePages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(PROMISES_PATH, (c) => showPromises(c));

  pages.post(`${PROMISES_PATH}/:id`, async (c) => {
    const form = await c.req.formData();
    const changed = await change(c, c.req.param('id'), form);
    if (changed === 'bad-date') return showPromises(c, text.badDate);
    if (!changed.ok && changed.refusal.reason === 'settled') return showPromises(c, text.done.settled);
    if (!changed.ok) return c.notFound();
    const back = form.get('back');
    return c.redirect(
      `${localPath(typeof back === 'string' ? back : PROMISES_PATH)}?done=${changed.value}`,
      303,
    );
  });

  return pages;
}

type Done = 'kept' | 'dropped' | 'moved';

async function change(
  c: Context<PageEnv>,
  id: string,
  form: FormData,
): Promise<Result<Done, PromiseRefusal> | 'bad-date'> {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const told = (result: Result<ListedPromise, PromiseRefusal>, word: Done): Result<Done, PromiseRefusal> =>
    result.ok ? { ok: true, value: word } : result;
  switch (form.get('do')) {
    case 'keep':
      return told(await settlePromise(scope, actor, id, 'kept'), 'kept');
    case 'drop':
      return told(await settlePromise(scope, actor, id, 'dropped'), 'dropped');
    case 'move': {
      const dueOn = String(form.get('dueOn') ?? '');
      if (!isCalendarDate(dueOn)) return 'bad-date';
      return told(await movePromise(scope, actor, id, dueOn), 'moved');
    }
    default:
      await noteRefusal(scope, actor, 'meeting.keep_promise', undefined, 'not-found');
      return { ok: false, refusal: { reason: 'not-found' } };
  }
}

/** @param fault why nothing was changed */
async function showPromises(c: Context<PageEnv>, fault?: string): Promise<Response> {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const lists = await Promise.all(
    SHARES.map(async ({ share, heading }) => ({
      share,
      heading,
      promises: await openPromises(scope, actor, share),
    })),
  );
  const shown = lists.filter(({ promises }) => promises.length > 0);
  const word = c.req.query('done') ?? '';
  const done: Readonly<Record<string, string>> = text.done;
  const sentence = Object.hasOwn(done, word) ? done[word] : undefined;
  return showPage(c, {
    title: text.title,
    isFault: fault !== undefined,
    status: fault === undefined ? 200 : 422,
    body: (
      <>
        {fault === undefined ? null : (
          <p class="notice error" role="alert">
            {fault}
          </p>
        )}
        {sentence === undefined ? null : (
          <p class="notice done" role="status">
            {sentence}
          </p>
        )}
        <p>{shown.length === 0 ? text.none : text.lead}</p>
        {shown.map(({ share, heading, promises }) => (
          <section>
            <h2>{heading}</h2>
            <PromiseList c={c} actor={actor} promises={promises} isArranger={share === 'arranged'} />
          </section>
        ))}
        <p>
          <a class="button plain" href={MEETINGS_PATH}>
            {text.back}
          </a>
        </p>
      </>
    ),
  });
}
