/** The pages of 相談. What a person may not see is answered like what does not exist, and noted. */
import { type Context, Hono } from 'hono';
import { done, type Result, refused } from '../../../lib/result.ts';
import { FormToken, showPage } from '../../../web/frame.tsx';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { NavigationEntry, PageEnv } from '../../../web/page-env.ts';
import type { Actor } from '../../directory/actor.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { actionIdOf } from '../blocks.ts';
import { type LoadedConsultation, loadConsultation, standingOf } from '../data.ts';
import { filesText } from '../files/text.ts';
import { recordRefusal } from '../mutations.ts';
import { OPERATIONS, type Operation } from '../operating/words.ts';
import { PLAN_FORMS } from '../recording/blocks.ts';
import { SEND_FORM } from '../sending/blocks.ts';
import { OPERATION_DONE, OPERATION_LABELS } from '../text.ts';
import { maySee } from '../visibility/rules.ts';
import { managingLinks } from './case/managing.ts';
import { openCasePage } from './case/mutations.ts';
import { CasePage } from './case/page.tsx';
import { inboxPages } from './inbox/routes.tsx';
import { listPages } from './list/routes.tsx';
import { newCasePage } from './new-case.ts';
import { casePath, operationPath } from './paths.ts';
import { printPages } from './print/routes.tsx';
import { sharedPages } from './sharing/routes.ts';
import { pagesText as text } from './text.ts';
import { answerUnread } from './unread.ts';
import { wantedCase } from './wanted-case.ts';

/** Where the reader of a case goes on in other features. */
export type CaseLinks = (actor: Actor, loaded: LoadedConsultation) => readonly NavigationEntry[];

/**
 * @param forms the operations that open a form; the others ask for a confirmation first, since a link must change nothing
 * @param furtherLinks of other features, beside those for whoever answers for the case
 */
export function consultationPages(
  host: ModalHost,
  forms: ReadonlySet<Operation>,
  furtherLinks: CaseLinks,
): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();
  // Before the pages of a case: `new` and `search` are no references.
  for (const each of [inboxPages(), newCasePage(host), listPages(), sharedPages(host), printPages(host)])
    pages.route('/', each);

  pages.get('/cases/:reference', async (c) => {
    const actor = actorOfPage(c);
    const id = await wantedCase(c);
    const shown = id === undefined ? undefined : await openCasePage(c.get('scope'), actor, id);
    if (!shown?.ok) return answerUnread(c, host, shown?.refusal, c.req.path);
    const { reference } = shown.value.loaded.consultation;
    return showPage(c, {
      title: text.caseTitle(reference),
      body: (
        <>
          <Done word={c.req.query('done')} />
          <CasePage
            shown={shown.value}
            token={<FormToken c={c} />}
            managing={[
              ...managingLinks(actor, shown.value.loaded),
              ...furtherLinks(actor, shown.value.loaded),
            ]}
          />
        </>
      ),
    });
  });

  pages.get('/cases/:reference/do/:operation', async (c) => {
    const begun = await wantedOperation(c);
    if (!begun.ok) return c.notFound();
    const { operation, loaded } = begun.value;
    const { id, reference } = loaded.consultation;
    if (!forms.has(operation)) return confirmPage(c, operation, reference);
    const value = withAbout(id, c.req.query('about'));
    const page = await host.press(c, { actionId: actionIdOf(operation), value, back: casePath(reference) });
    return page ?? c.redirect(casePath(reference), 303);
  });

  pages.post('/cases/:reference/do/:operation', async (c) => {
    const begun = await wantedOperation(c);
    if (!begun.ok) return c.notFound();
    const { operation, loaded } = begun.value;
    const { id, reference } = loaded.consultation;
    const value = withAbout(id, c.req.query('about'));
    const page = await host.press(c, { actionId: actionIdOf(operation), value, back: casePath(reference) });
    return page ?? c.redirect(`${casePath(reference)}?done=${actionIdOf(operation)}`, 303);
  });

  return pages;
}

/** The case and the operation of the address, for whoever may see the case. Whether it may be done now, the listener says. */
async function wantedOperation(
  c: Context<PageEnv>,
): Promise<Result<{ operation: Operation; loaded: LoadedConsultation; actor: Actor }, 'not-found'>> {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const operation = OPERATIONS.find((each) => each === c.req.param('operation'));
  const id = await wantedCase(c);
  if (operation === undefined || id === undefined) return refused('not-found');
  const loaded = await loadConsultation(scope, id);
  if (loaded && maySee(actor, standingOf(loaded))) return done({ operation, loaded, actor });
  await recordRefusal(scope, actor, { id, loaded }, actionIdOf(operation), 'not-found');
  return refused('not-found');
}

function withAbout(id: string, about: string | undefined): string {
  return about === undefined || about === '' ? id : `${id}/${about}`;
}

function confirmPage(c: Context<PageEnv>, operation: Operation, reference: string): Promise<Response> {
  const label = OPERATION_LABELS[operation];
  return showPage(c, {
    title: text.confirm.title(label, reference),
    body: (
      <form method="post" action={operationPath(reference, operation, c.req.query('about'))}>
        <FormToken c={c} />
        <p>{text.confirm.body(label)}</p>
        <ul class="buttons">
          <li>
            <button class="button primary" type="submit">
              {label}
            </button>
          </li>
          <li>
            <a class="button plain" href={casePath(reference)}>
              {text.back}
            </a>
          </li>
        </ul>
      </form>
    ),
  });
}

/** What was just done, when the address names one of our forms. */
function Done({ word }: { word: string | undefined }) {
  const isPlan = Object.values(PLAN_FORMS).some((each) => actionIdOf(each) === word);
  const operation = isPlan ? 'record' : OPERATIONS.find((each) => actionIdOf(each) === word);
  const sentence =
    word === SEND_FORM
      ? text.sent
      : operation
        ? text.did(OPERATION_DONE[operation])
        : filesText.done.find(([action]) => action === word)?.[1];
  return sentence ? (
    <p class="notice done" role="status">
      {sentence}
    </p>
  ) : null;
}
