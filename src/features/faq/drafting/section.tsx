/** What the desk, and the page of a draft, say of closed cases. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import type { FaqRevision } from '../data.ts';
import type { DeskSection } from '../desk/parts.ts';
import { mayEdit } from '../rules.ts';
import { listDraftable, referenceOfSource } from './data.ts';
import { casePath, DRAFTING_PATH } from './paths.ts';
import { draftingText as text } from './text.ts';

/** More are counted as so many. */
const COUNTED = 100;

export const draftingSection: DeskSection = async (c) => {
  const actor = actorOfPage(c);
  if (!mayEdit(actor)) return null;
  const cases = await listDraftable(c.get('scope'), actor, COUNTED);
  if (cases.length === 0) return null;
  return (
    <section>
      <h2>{text.title}</h2>
      <p>
        <a href={DRAFTING_PATH}>{text.waiting(cases.length, cases.length === COUNTED)}</a>
      </p>
    </section>
  );
};

/** On the page of a version that was drawn from a case: what is to be done with it, and the case for whoever may see it. */
export async function sourceHint(
  c: Context<PageEnv>,
  revision: Pick<FaqRevision, 'consultationId'> | null,
): Promise<Child> {
  const consultationId = revision?.consultationId ?? null;
  if (consultationId === null) return null;
  const reference = await referenceOfSource(c.get('scope'), actorOfPage(c), consultationId);
  return (
    <div class="notice warning">
      <p>{text.hint}</p>
      <p>
        {text.source}：
        {reference === null ? text.sourceHidden : <a href={casePath(reference)}>{reference}</a>}
      </p>
    </div>
  );
}
