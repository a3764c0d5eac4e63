/** What a question finds: the entries that share letters with it come near, and are ranked by what it is about. Two turns to the database. */
import * as v from 'valibot';
import { type Concept, conceptsOf, type Sound, type Synonyms, soundKeys, synonymKeys } from './concepts.ts';
import { foldEntry } from './folded-entry.ts';
import { phraseOf } from './folding.ts';
import { GENERATIONS, isMissing, readGenerations } from './generations.ts';
import { fuse, type Meaning, type Meant, rankByMeaning } from './meaning.ts';
import { type Question, readQuestion } from './question.ts';
import { type Candidate, rank, type Scored } from './ranking.ts';
import type { Hit, Likeness, SearchableEntry } from './rules.ts';
import type { FaqIndex } from './store.ts';

export interface Asked {
  text: string;
  /** 1 to 50. */
  limit: number;
  mayReadCoreOnly: boolean;
  /** Its ranks are fused in; when it fails or takes too long the search goes on without. */
  meaning?: Meaning | undefined;
}

/** How many are compared in full: more cost the Worker's time, fewer lose answers that only a related word leads to. */
const NEAR = 60;
/** Postings of the index that one search reads, more or less: its cost does not grow with the number of entries beyond this. */
const PLACES_READ = 1_200;
/** A text that stands in more entries than this is common, however many they are. */
const MOST_COUNTED = 1_500;
const NEAR_WEIGHTS = { word: 1, related: 0.5, pair: 0.5, kanji: 0.2 };

/** Best first. Never fails on a text, whatever it is; an index that is not there finds nothing. */
export async function searchFaq(index: FaqIndex, asked: Asked): Promise<Hit[]> {
  const question = readQuestion(asked.text);
  if (question.text === '') return [];
  const limit = Math.min(50, Math.max(1, Math.trunc(asked.limit) || 1));
  const [found, meant] = await Promise.all([
    persistently(() => findNear(index, question, asked)),
    asked.meaning ? rankByMeaning(asked.meaning, asked.text) : undefined,
  ]);
  const ranked = meant ? await fuseMeaning(index, found, meant, asked) : found;
  return ranked.slice(0, limit).map(({ candidate: { id, externalId, shown }, score, isLikely }) => ({
    id,
    externalId,
    question: shown,
    score,
    isLikely,
  }));
}

/** Entries that ask nearly the same as this one, itself left out: the likeliest first. */
export async function likelyDuplicates(
  index: FaqIndex,
  entry: SearchableEntry,
  limit: number,
): Promise<Likeness[]> {
  const question = readQuestion([entry.question, ...entry.aliases].join('\n'));
  if (question.text === '') return [];
  const ranked = await persistently(() =>
    findNear(index, question, { mayReadCoreOnly: true }, { ...foldEntry(entry), id: '' }),
  );
  const self = ranked.find(({ candidate }) => candidate.id === '')?.score ?? 0;
  return ranked
    .filter(({ candidate: { id } }) => id !== '' && id !== entry.id)
    .slice(0, limit)
    .map(({ candidate: { id }, score }) => ({ id, score: self > 0 ? Math.min(1, score / self) : 0 }));
}

/** Once more when a rebuild swapped the tables away between two steps; nothing when there are none. */
async function persistently(find: () => Promise<Scored[]>): Promise<Scored[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await find();
    } catch (error) {
      if (!isMissing(error)) throw error;
      if (attempt === 2) return [];
    }
  }
}

const Entry = v.object({
  id: v.string(),
  externalId: v.nullable(v.string()),
  shown: v.string(),
  question: v.string(),
  aliases: v.string(),
  answer: v.string(),
  topics: v.string(),
  learnt: v.string(),
});

const Rows = {
  synonyms: v.array(
    v.object({ word: v.string(), words: v.pipe(v.string(), v.parseJson(), v.array(v.string())) }),
  ),
  sounds: v.array(v.object({ reading: v.string(), word: v.string() })),
  candidates: v.array(Entry),
  /** Of an entry, or of a text (as `shown`) and the number of entries that have it. */
  near: v.array(
    v.object({ ...Entry.entries, id: v.nullable(v.string()), documents: v.nullable(v.number()) }),
  ),
};

const CANDIDATE = `entry.id AS id, external_id AS externalId, entry.question AS shown, question_text AS question,
  aliases_text AS aliases, answer_text AS answer, topics_text AS topics, learnt_text AS learnt`;

/** @param beside ranked with the others, as if it stood in the index */
async function findNear(
  { binding }: FaqIndex,
  question: Question,
  reader: { mayReadCoreOnly: boolean },
  beside?: Candidate,
): Promise<Scored[]> {
  const [generations, synonyms, sounds] = await binding.batch([
    binding.prepare(GENERATIONS),
    binding
      .prepare(
        'SELECT word, words FROM synonym WHERE word IN (SELECT value FROM json_each(?)) ORDER BY word, "group"',
      )
      .bind(JSON.stringify(synonymKeys(question))),
    binding
      .prepare(
        'SELECT reading, word FROM reading WHERE reading IN (SELECT value FROM json_each(?)) ORDER BY reading, word',
      )
      .bind(JSON.stringify(soundKeys(question))),
  ]);
  const live = readGenerations(generations).find(({ state }) => state === 'live');
  if (!live) return [];
  const known: [Synonyms[], Sound[]] = [
    v.parse(Rows.synonyms, synonyms?.results),
    v.parse(Rows.sounds, sounds?.results),
  ];
  const concepts = conceptsOf(question, ...known);
  const { results } = await nearStatement(binding, live.number, concepts, reader).all();
  const rows = v.parse(Rows.near, results);
  const candidates = rows.flatMap(({ id, documents: _, ...row }) => (id === null ? [] : [{ id, ...row }]));
  const documents = new Map(
    rows.flatMap((row) => (row.documents === null ? [] : [[row.shown, row.documents] as const])),
  );
  return rank(beside ? [...candidates, beside] : candidates, concepts, { ...live, documents });
}

/**
 * In how many entries each variant stands, and the entries that have most of them, the rare ones counting most. Rare terms are looked up
 * first, until as many places were read as a search may cost: a common one would only add to entries that came near anyhow.
 */
function nearStatement(
  binding: D1Database,
  number: number,
  concepts: readonly Concept[],
  { mayReadCoreOnly }: { mayReadCoreOnly: boolean },
): D1PreparedStatement {
  const gram = `gram_${number}`;
  return binding
    .prepare(`WITH term AS MATERIALIZED (
        SELECT value->>0 AS text, value->>1 AS phrase, value->>2 AS weight,
          (SELECT count(*) FROM (SELECT 1 FROM ${gram} WHERE ${gram} MATCH value->>1 LIMIT ${MOST_COUNTED})) AS documents
        FROM json_each(?1)),
      weighed AS (SELECT phrase, documents,
          weight * ln(1 + (SELECT entries FROM generation WHERE number = ${number}) / (documents + 0.5)) AS weight
        FROM term WHERE documents > 0 AND weight > 0),
      chosen AS MATERIALIZED (SELECT phrase, weight FROM (
          SELECT phrase, weight, sum(documents) OVER (ORDER BY weight DESC, phrase) - documents AS before FROM weighed)
        WHERE before < ${PLACES_READ}),
      sought AS MATERIALIZED (SELECT phrase, weight FROM chosen
        UNION ALL SELECT '{question aliases} : ' || phrase, weight FROM chosen),
      total AS MATERIALIZED (SELECT ${gram}.rowid AS row, sum(sought.weight) AS total
        FROM sought CROSS JOIN ${gram} ON ${gram} MATCH sought.phrase GROUP BY 1),
      best AS (SELECT entry.row FROM total JOIN entry_${number} AS entry ON entry.row = total.row
        WHERE entry.is_core_only <= ?2 ORDER BY total DESC, entry.id LIMIT ${NEAR})
      SELECT ${CANDIDATE}, NULL AS documents FROM best JOIN entry_${number} AS entry ON entry.row = best.row
      UNION ALL SELECT NULL, NULL, text, '', '', '', '', '', documents FROM term`)
    .bind(JSON.stringify(termsOf(concepts)), mayReadCoreOnly ? 1 : 0);
}

/** Texts, their phrases and weights, each once. */
function termsOf(concepts: readonly Concept[]): [string, string, number][] {
  const terms = new Map<string, [string, string, number]>();
  for (const { kind, weight, variants } of concepts)
    for (const { text, weight: share } of variants) {
      const phrase = phraseOf(text);
      const whole = NEAR_WEIGHTS[kind] * weight * share;
      if (phrase) terms.set(text, [text, phrase, Math.max(whole, terms.get(text)?.[2] ?? 0)]);
    }
  return [...terms.values()];
}

async function fuseMeaning(
  index: FaqIndex,
  found: readonly Scored[],
  meant: readonly Meant[],
  reader: { mayReadCoreOnly: boolean },
): Promise<Scored[]> {
  const near = new Set(found.map(({ candidate }) => candidate.id));
  const far = meant.map(({ id }) => id).filter((id) => !near.has(id));
  const more = far.length > 0 ? await persistently(() => readEntries(index, far, reader)) : [];
  return fuse(found, meant, more);
}

/** Those of the ids that are there and may be read. */
async function readEntries(
  { binding }: FaqIndex,
  ids: readonly string[],
  { mayReadCoreOnly }: { mayReadCoreOnly: boolean },
): Promise<Scored[]> {
  const live = readGenerations(await binding.prepare(GENERATIONS).all()).find(
    ({ state }) => state === 'live',
  );
  if (!live) return [];
  const { results } = await binding
    .prepare(`SELECT ${CANDIDATE} FROM entry_${live.number} AS entry
      WHERE is_core_only <= ? AND id IN (SELECT value FROM json_each(?))`)
    .bind(mayReadCoreOnly ? 1 : 0, JSON.stringify(ids))
    .all();
  return v.parse(Rows.candidates, results).map((candidate) => ({ candidate, score: 0, isLikely: false }));
}
