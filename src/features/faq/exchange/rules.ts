/** What an import does with what is there: which entry of the file is which, and what becomes of it. Pure. */
import type { JapanDate } from '../../../lib/jst.ts';
import type { ChainHead } from '../../../vault/audit.ts';
import type { FaqFileEntry } from '../../directory/faq-entries.ts';
import type { EntryContent } from '../rules.ts';
import type { faqEntry, faqRevision } from '../tables.ts';
import type { Visibility } from '../words.ts';

/** Found by everybody at once, as the file's owner has approved it; or as drafts, which a second person approves one by one. */
export const IMPORT_WAYS = ['published', 'drafts'] as const;
export type ImportWay = (typeof IMPORT_WAYS)[number];

/** By what an entry of the file is told. */
export interface Named {
  id: string;
  externalId: string | null;
  /** The published one, or that of a draft which nobody has published yet. */
  question: string | null;
}

/** An entry as it stands. */
export interface Standing {
  entry: typeof faqEntry.$inferSelect;
  /** What everybody finds; null while there is nothing. */
  published: EntryContent | null;
  open: typeof faqRevision.$inferSelect | null;
  draft: EntryContent | null;
  lastRevision: number;
  head: ChainHead;
}

export interface Planned {
  content: EntryContent;
  externalId: string | null;
  visibility: Visibility;
  reviewedOn: JapanDate | null;
}

export type Step =
  | { kind: 'fresh'; planned: Planned }
  /** A new version; or, where only the date of review is later, none. */
  | { kind: 'changed'; planned: Planned; standing: Standing; isSameText: boolean }
  | { kind: 'equal' }
  /** Withdrawn or merged since; or, for drafts, somebody works on it. */
  | { kind: 'left' };

export interface Counts {
  fresh: number;
  changed: number;
  equal: number;
  left: number;
}

/**
 * The id of the entry that each entry of the file is, by its name in the other system, else by an equal question; undefined for new
 * ones. No two of the file are the same one: where questions are equal, the order decides.
 */
export function matchEntries(
  file: readonly FaqFileEntry[],
  standing: readonly Named[],
): (string | undefined)[] {
  const byName = new Map(
    standing.flatMap(({ id, externalId }) => (externalId === null ? [] : [[externalId, id]])),
  );
  const named = file.map(({ externalId }) => (externalId === undefined ? undefined : byName.get(externalId)));
  const taken = new Set(named);
  const byQuestion = new Map<string, Named[]>();
  for (const each of standing) {
    if (each.question === null || taken.has(each.id)) continue;
    byQuestion.set(each.question, [...(byQuestion.get(each.question) ?? []), each]);
  }
  return file.map(({ externalId, question }, i) => {
    const known = named[i];
    if (known !== undefined) return known;
    const alike = byQuestion.get(question) ?? [];
    // One that another system knows by another name is another one.
    const at = alike.findIndex((each) => externalId === undefined || each.externalId === null);
    return at < 0 ? undefined : alike.splice(at, 1)[0]?.id;
  });
}

export function planStep(entry: FaqFileEntry, standing: Standing | undefined, as: ImportWay): Step {
  if (!standing) return { kind: 'fresh', planned: plan(entry, undefined) };
  if (standing.entry.status === 'withdrawn' || standing.entry.status === 'merged') return { kind: 'left' };
  const planned = plan(entry, standing);
  const { published, draft, open } = standing;
  if (published !== null && isSame(planned, published, standing.entry)) {
    const isLater = as === 'published' && planned.reviewedOn !== standing.entry.reviewedOn;
    return isLater ? { kind: 'changed', planned, standing, isSameText: true } : { kind: 'equal' };
  }
  if (as === 'drafts' && open) {
    const isSameDraft = draft !== null && isSame(planned, draft, { ...standing.entry, ...open });
    return { kind: isSameDraft ? 'equal' : 'left' };
  }
  return { kind: 'changed', planned, standing, isSameText: false };
}

export function countSteps(steps: readonly Step[]): Counts {
  const of = (kind: Step['kind']) => steps.filter((step) => step.kind === kind).length;
  return { fresh: of('fresh'), changed: of('changed'), equal: of('equal'), left: of('left') };
}

/** What the file does not say stays. */
function plan(file: FaqFileEntry, standing: Standing | undefined): Planned {
  const known = standing?.published ?? standing?.draft;
  const entry = standing?.entry;
  const reviewedOn = file.reviewedOn ?? null;
  return {
    content: {
      question: file.question,
      answer: file.answer,
      aliases: file.aliases ?? known?.aliases ?? [],
      topics: file.topics ?? known?.topics ?? [],
      links: file.links ?? known?.links ?? [],
    },
    externalId: file.externalId ?? entry?.externalId ?? null,
    visibility: file.visibility ?? entry?.visibility ?? 'all',
    // Somebody may have looked at it here since the file was written.
    reviewedOn: laterOf(reviewedOn, entry?.reviewedOn ?? null),
  };
}

function laterOf(one: JapanDate | null, other: JapanDate | null): JapanDate | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

function isSame(
  planned: Planned,
  content: EntryContent,
  entry: { externalId: string | null; visibility: Visibility },
): boolean {
  return (
    planned.externalId === entry.externalId &&
    planned.visibility === entry.visibility &&
    written(planned.content) === written(content)
  );
}

/** In one order of the fields, whoever made the object. */
function written({ question, answer, aliases, topics, links }: EntryContent): string {
  return JSON.stringify([question, answer, aliases, topics, links.map(({ label, url }) => [label, url])]);
}
