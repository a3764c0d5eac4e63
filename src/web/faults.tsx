/** Pages that say what is not possible. They say the same to everybody: what one may not see looks like what is not there. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { showPage } from './frame.tsx';
import type { PageEnv } from './page-env.ts';
import { webText as text } from './text.ts';

export function showFault(
  c: Context<PageEnv>,
  which: 'notFound' | 'fault' | 'elsewhere' | 'tooLarge',
  status: ContentfulStatusCode,
): Promise<Response> {
  const { title, body } = text[which];
  return showPage(c, {
    title,
    isFault: true,
    status,
    body: (
      <>
        <p>{body}</p>
        <p>
          <a class="button" href="/">
            {text.notFound.home}
          </a>
        </p>
      </>
    ),
  });
}
