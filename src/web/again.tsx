/**
 * A form that comes without a valid session is not lost: what was typed comes back on a page that can send it again after
 * signing in. Only for forms of our own pages (see origin-check): another site's form is never shown.
 */
import type { Context } from 'hono';
import { showPage } from './frame.tsx';
import { localPath } from './local-path.ts';
import { inputName } from './modal/values.ts';
import { type PageView, readPostedView } from './modal/view.ts';
import type { PageEnv } from './page-env.ts';
import type { Session } from './sessions.ts';
import { webText as text } from './text.ts';

/** Belongs to the page, not to what was typed. */
const OWN_FIELDS = ['form_token', 'view', 'view_id', 'back', 'press'];

/** @param session of whoever is signed in by now; undefined while nobody is */
export async function offerAgain(
  c: Context<PageEnv>,
  form: FormData,
  session: Session | undefined,
): Promise<Response> {
  const entries = [...form.entries()].flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'form_token' ? [[name, value] as const] : [],
  );
  const view = readPostedView(form.get('view'));
  const typed = entries.filter(([name, value]) => !OWN_FIELDS.includes(name) && value !== '');
  const hasFiles = [...form.values()].some((value) => typeof value !== 'string' && value.size > 0);
  const { pathname, search } = new URL(c.req.url);
  const back = form.get('back');
  const signIn = `/sign-in?to=${encodeURIComponent(localPath(typeof back === 'string' ? back : undefined))}`;
  return showPage(c, {
    title: text.again.title,
    isFault: true,
    status: session ? 409 : 401,
    body: (
      <>
        <p class="notice warning" role="alert">
          {session ? text.again.otherSession : text.again.signedOut}
        </p>
        {session ? null : (
          <p>
            <a class="button" href={signIn} target="_blank" rel="noopener opener">
              {text.again.signIn}
            </a>
          </p>
        )}
        {hasFiles ? <p class="notice warning">{text.again.files}</p> : null}
        <form method="post" action={`${pathname}${search}`}>
          {session ? <input type="hidden" name="form_token" value={session.formToken} /> : null}
          {entries.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <p>
            <button class="button primary" type="submit">
              {text.again.submit}
            </button>
          </p>
        </form>
        {typed.length > 0 ? (
          <>
            <h2>{text.again.typed}</h2>
            {typed.map(([name, value]) => {
              const { label, shown } = wordsOf(name, value, view);
              return (
                <div class="panel">
                  {label === undefined ? null : <h3>{label}</h3>}
                  <p class="typed">{shown}</p>
                </div>
              );
            })}
          </>
        ) : null}
      </>
    ),
  });
}

/** A field of a form of ours by its label, and a choice by its words; whatever else was typed, as it is. */
function wordsOf(
  name: string,
  value: string,
  view: PageView | undefined,
): { label: string | undefined; shown: string } {
  const block = view?.blocks.find((each) => each.type === 'input' && inputName(each.block_id) === name);
  if (block?.type !== 'input') return { label: undefined, shown: value };
  const { element } = block;
  const options = 'options' in element ? (element.options ?? []) : [];
  const groups = 'option_groups' in element ? (element.option_groups ?? []) : [];
  const chosen = [...options, ...groups.flatMap((group) => group.options)].find(
    (each) => each.value === value,
  );
  return { label: block.label.text, shown: chosen?.text.text ?? value };
}
