/** /faq/desk/drafting: closed cases that a draft of the FAQ was wished of. For the core center; each sees the cases that she may see. */
import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { FormToken, showPage } from '../../../web/frame.tsx';
import type { NavigationEntry, PageEnv } from '../../../web/page-env.ts';
import type { LoadedConsultation } from '../../consultation/data.ts';
import type { Actor } from '../../directory/actor.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { DESK_PATH, deskEntryPath } from '../paths.ts';
import { mayEdit } from '../rules.ts';
import { type DraftableCase, listDraftable } from './data.ts';
import { type BeginReading, type DrawRefusal, drawDraft } from './mutations.ts';
import { casePath, DRAFTING_PATH, draftingPath } from './paths.ts';
import { draftingText as text } from './text.ts';

const SHOWN = 100;
/** What an address may name: `R8-0042`. */
const REFERENCE = /^[A-Z]\d{1,2}-\d{1,6}$/;

/** @param beginReading how a case is opened to somebody */
export function draftingPages(beginReading: BeginReading): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(DRAFTING_PATH, async (c) => {
    if (!mayEdit(actorOfPage(c))) return refuse(c);
    const asked = c.req.query('case') ?? '';
    return showList(c, { chosen: REFERENCE.test(asked) ? asked : undefined });
  });

  pages.post(DRAFTING_PATH, async (c) => {
    const actor = actorOfPage(c);
    if (!mayEdit(actor)) return refuse(c);
    const form = await c.req.formData();
    const typed = (field: string) => {
      const value = form.get(field);
      return typeof value === 'string' ? value : '';
    };
    const drawn = await drawDraft(c.get('scope'), actor, beginReading, {
      reference: typed('case'),
    });
    if (drawn.ok) return c.redirect(deskEntryPath(drawn.value.number), 303);
    return showList(c, { refusal: drawn.refusal });
  });

  return pages;
}

/** For the page of a closed case. */
export function draftingLinks(
  actor: Actor,
  { consultation: of }: Pick<LoadedConsultation, 'consultation'>,
): NavigationEntry[] {
  if (!mayEdit(actor) || of.status !== 'closed') return [];
  return [{ path: draftingPath(of.reference), label: text.caseLink }];
}

async function refuse(c: Context<PageEnv>): Promise<Response> {
  await noteRefusal(c.get('scope'), actorOfPage(c), 'faq.read_drafting', { detail: { reason: 'not-found' } });
  return c.notFound();
}

async function showList(
  c: Context<PageEnv>,
  { chosen, refusal }: { chosen?: string | undefined; refusal?: DrawRefusal },
): Promise<Response> {
  const cases = await listDraftable(c.get('scope'), actorOfPage(c), SHOWN);
  return showPage(c, {
    title: text.title,
    isFault: refusal !== undefined,
    status: refusal === undefined ? 200 : 422,
    body: (
      <>
        {refusal === undefined ? null : <Refused refusal={refusal} />}
        <p>{text.lead}</p>
        <p class="notice warning">{text.cover}</p>
        <p class="quiet">{text.purpose}</p>
        {chosen === undefined ? null : (
          <section class="panel">
            <p>{text.chosen(chosen)}</p>
            <MakeForm c={c} reference={chosen} isPrimary={true} />
          </section>
        )}
        {cases.length === 0 ? <p>{text.none}</p> : <CaseTable c={c} cases={cases} />}
        {cases.length === SHOWN ? <p class="quiet">{text.limit(SHOWN)}</p> : null}
        <p>
          <a class="button plain" href={DESK_PATH}>
            {text.backToDesk}
          </a>
        </p>
      </>
    ),
  });
}

function Refused({ refusal }: { refusal: DrawRefusal }): Child {
  if (refusal.reason === 'not-found')
    return (
      <p class="notice error" role="alert">
        {text.refused['not-found']}
      </p>
    );
  return (
    <div class="notice error" role="alert">
      <p>{text.refused[refusal.reason](refusal.reference)}</p>
      <p>
        <a href={casePath(refusal.reference)}>{text.openCase}</a>
      </p>
    </div>
  );
}

function CaseTable({ c, cases }: { c: Context<PageEnv>; cases: readonly DraftableCase[] }): Child {
  const { columns } = text;
  return (
    <table class="stacked">
      <thead>
        <tr>
          {[columns.case, columns.kind, columns.topics, columns.closed, text.make].map((each) => (
            <th scope="col">{each}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cases.map(({ reference, kind, topics, closedAt }) => (
          <tr>
            <td>
              <a href={casePath(reference)}>{reference}</a>
            </td>
            <td data-label={columns.kind}>{text.kind(kind)}</td>
            <td data-label={columns.topics}>{text.topics(topics)}</td>
            <td data-label={columns.closed}>{text.closed(closedAt)}</td>
            <td>
              <MakeForm c={c} reference={reference} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MakeForm({
  c,
  reference,
  isPrimary = false,
}: {
  c: Context<PageEnv>;
  reference: string;
  isPrimary?: boolean;
}): Child {
  return (
    <form method="post" action={DRAFTING_PATH}>
      <FormToken c={c} />
      <input type="hidden" name="case" value={reference} />
      <button
        class={isPrimary ? 'button primary' : 'button'}
        type="submit"
        aria-label={text.makeOf(reference)}
      >
        {text.make}
      </button>
    </form>
  );
}
