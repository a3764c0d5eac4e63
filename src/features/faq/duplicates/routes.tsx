/** /faq/desk/duplicates: entries that look alike, side by side; merged into one, or noted as two. */
import { type Context, Hono } from 'hono';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { findEntryByNumber, listEntries, publishedContent } from '../data.ts';
import { refuse } from '../editing/gate.ts';
import { typedIn } from '../editing/schema.ts';
import { DUPLICATES_PATH, deskEntryPath } from '../paths.ts';
import { mayEdit, readFaqNumber } from '../rules.ts';
import { countVotes, listPairs } from './data.ts';
import { type MergeRefusal, merge, noteDistinct } from './mutations.ts';
import { PairList, type Side } from './page.tsx';
import { orderedPair } from './rules.ts';
import { duplicatesText as text } from './text.ts';

/** Whoever has gone through these opens the page again. */
const SHOWN = 20;

export function duplicatePages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(DUPLICATES_PATH, async (c) =>
    mayEdit(actorOfPage(c)) ? showPairs(c) : refuse(c, 'faq.duplicates'),
  );

  pages.post(DUPLICATES_PATH, async (c) => {
    const actor = actorOfPage(c);
    if (!mayEdit(actor)) return refuse(c, 'faq.merge');
    const scope = c.get('scope');
    const form = await c.req.formData();
    const [kept, other] = [typedIn(form, 'kept'), typedIn(form, 'other')];
    if (typedIn(form, 'do') === 'distinct') {
      const noted = await noteDistinct(scope, actor, { one: kept, other });
      return noted.ok ? c.redirect(`${DUPLICATES_PATH}?done=distinct`, 303) : c.notFound();
    }
    const pair = { kept, other, seen: typedIn(form, 'seen') };
    const merged = await merge(scope, actor, pair, typedIn(form, 'append') === 'yes');
    if (merged.ok) return c.redirect(`${deskEntryPath(merged.value.number)}?done=merging`, 303);
    return merged.refusal.reason === 'not-found' ? c.notFound() : showPairs(c, wordsOf(merged.refusal));
  });

  return pages;
}

function wordsOf({ reason }: Exclude<MergeRefusal, { reason: 'not-found' }>): string {
  return text.errors[reason === 'too-long' ? 'tooLong' : reason];
}

/** Any two whose numbers stand in the address: people see what letters do not show. */
async function wantedPair(c: Context<PageEnv>): Promise<{ one: string; other: string } | undefined> {
  const { db } = c.get('scope');
  const numbers = ['one', 'other'].map((each) => readFaqNumber(c.req.query(each) ?? ''));
  const [one, other] = await Promise.all(
    numbers.map((number) => (number === undefined ? undefined : findEntryByNumber(db, number))),
  );
  if (!one || !other || one.id === other.id) return undefined;
  const [first, second] = orderedPair(one.id, other.id);
  return { one: first, other: second };
}

async function showPairs(c: Context<PageEnv>, fault?: string): Promise<Response> {
  const { db } = c.get('scope');
  const wanted = await wantedPair(c);
  const likely = (await listPairs(db)).filter(
    (each) => wanted?.one !== each.one || wanted.other !== each.other,
  );
  const pairs = [...(wanted ? [wanted] : []), ...likely.slice(0, SHOWN)];
  const ids = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))];
  const [entries, votes] = await Promise.all([listEntries(db, ids), countVotes(db, ids)]);
  const sides = new Map(
    entries.flatMap((entry): [string, Side][] => {
      const content = publishedContent(entry);
      return content ? [[entry.id, { entry, content, votes: votes.get(entry.id) }]] : [];
    }),
  );
  const shown = pairs.flatMap(({ one, other }): [Side, Side][] => {
    const [first, second] = [sides.get(one), sides.get(other)];
    if (!first || !second) return [];
    return [first.entry.number < second.entry.number ? [first, second] : [second, first]];
  });
  return showPage(c, {
    title: text.title,
    isFault: fault !== undefined,
    status: fault === undefined ? 200 : 409,
    body: <PairList c={c} pairs={shown} fault={fault} isDone={c.req.query('done') === 'distinct'} />,
  });
}
