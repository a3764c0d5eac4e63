/** Pages that say what is not possible. They say the same to everybody: what one may not see looks like what is not there. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { showPage } from './frame.tsx';
import type { PageEnv } from './page-env.ts';
import { webText as text } from './text.ts';

/** @param reason in the place of the general sentence, where something can be told of a fault */
export function showFault(
  c: Context<PageEnv>,
  which: 'notFound' | 'fault' | 'elsewhere' | 'tooLarge' | 'wrongMethod',
  status: ContentfulStatusCode,
  reason?: string,
): Promise<Response> {
  const { title, body } = text[which];
  return showPage(c, {
    title,
    isFault: true,
    status,
    body: (
      <>
        <p>{reason ?? body}</p>
        <p>
          <a class="button" href="/">
            {text.notFound.home}
          </a>
        </p>
      </>
    ),
  });
}
