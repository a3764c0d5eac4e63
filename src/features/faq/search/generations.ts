/**
 * The tables of the index, in a database of its own. A rebuild makes a new generation of them beside the one that is read; the
 * `generation` table says which is which.
 */
import * as v from 'valibot';

/** Another number: the index is as if it were not there, and is built anew. Raise it whenever what is stored or how it is folded changes. */
const FORMAT = 1;

const Generations = v.array(
  v.object({
    number: v.number(),
    state: v.picklist(['live', 'building']),
    entries: v.number(),
    /** Mean lengths in letters, over all entries. */
    meanQuestion: v.number(),
    meanAliases: v.number(),
    meanAnswer: v.number(),
  }),
);

type Generation = v.InferOutput<typeof Generations>[number];

const FRAME = [
  'CREATE TABLE IF NOT EXISTS index_format (format INTEGER NOT NULL)',
  `CREATE TABLE IF NOT EXISTS generation (
    number INTEGER PRIMARY KEY AUTOINCREMENT, state TEXT NOT NULL, entries INTEGER NOT NULL DEFAULT 0,
    mean_question REAL NOT NULL DEFAULT 0, mean_aliases REAL NOT NULL DEFAULT 0, mean_answer REAL NOT NULL DEFAULT 0)`,
  `CREATE TABLE IF NOT EXISTS synonym (
    word TEXT NOT NULL, "group" INTEGER NOT NULL, words TEXT NOT NULL, PRIMARY KEY (word, "group")) WITHOUT ROWID`,
  // Of all generations: a word that no entry has any more finds nothing, so it does no harm until the next rebuild.
  `CREATE TABLE IF NOT EXISTS reading (
    reading TEXT NOT NULL, word TEXT NOT NULL, generation INTEGER NOT NULL, PRIMARY KEY (reading, word)) WITHOUT ROWID`,
];

/** Of one generation: what is shown of an entry and compared, its letter pairs, what was removed while it was built. */
function tablesOf(number: number): string[] {
  return [
    `CREATE TABLE entry_${number} (
      row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, external_id TEXT, question TEXT NOT NULL, is_core_only INTEGER NOT NULL,
      digest TEXT NOT NULL, is_indexed INTEGER NOT NULL,
      question_text TEXT NOT NULL, aliases_text TEXT NOT NULL, answer_text TEXT NOT NULL, topics_text TEXT NOT NULL, learnt_text TEXT NOT NULL)`,
    `CREATE VIRTUAL TABLE gram_${number} USING fts5(question, aliases, answer, topics, question_kanji, answer_kanji,
      content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0")`,
    `CREATE TABLE gone_${number} (id TEXT PRIMARY KEY) WITHOUT ROWID`,
  ];
}

function dropsOf(number: number): string[] {
  return ['entry', 'gram', 'gone'].map((name) => `DROP TABLE IF EXISTS ${name}_${number}`);
}

/** The live one first; the statement fails where no index of any kind is. */
export const GENERATIONS = `SELECT number, state, entries, mean_question AS meanQuestion, mean_aliases AS meanAliases,
  mean_answer AS meanAnswer FROM generation WHERE (SELECT max(format) FROM index_format) = ${FORMAT} ORDER BY state DESC, number DESC`;

/** Whether a statement failed because the index, or the generation that it named, is not there (any more). */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && /no such (table|column)/.test(error.message);
}

/** What `GENERATIONS` answered. */
export function readGenerations(answer: D1Result | undefined): Generation[] {
  return v.parse(Generations, answer?.results ?? []);
}

/** None when the index is not there, or of another format. */
export async function listGenerations(binding: D1Database): Promise<Generation[]> {
  try {
    return readGenerations(await binding.prepare(GENERATIONS).all());
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** The tables that all generations share. One of another format goes, with all that it held. */
export async function makeFrame(binding: D1Database): Promise<void> {
  await runAll(binding, FRAME);
  const found = await binding
    .prepare('SELECT max(format) AS format FROM index_format')
    .first<{ format: number | null }>();
  if (found?.format === FORMAT) return;
  const { results } = await binding
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB '*_[0-9]*' AND name NOT GLOB 'gram_*_*'`,
    )
    .all<{ name: string }>();
  await runAll(binding, [
    ...results.map(({ name }) => `DROP TABLE IF EXISTS "${name}"`),
    'DROP TABLE generation',
    'DROP TABLE synonym',
    'DROP TABLE reading',
    'DELETE FROM index_format',
    ...FRAME,
    `INSERT INTO index_format (format) VALUES (${FORMAT})`,
  ]);
}

/** A new generation beside the live one. What other rebuilds had begun goes: the newest one wins. */
export async function beginGeneration(binding: D1Database): Promise<number> {
  const begun = (await listGenerations(binding)).filter(({ state }) => state === 'building');
  await runAll(binding, [
    ...begun.flatMap(({ number }) => dropsOf(number)),
    ...begun.map(({ number }) => `DELETE FROM generation WHERE number = ${number}`),
  ]);
  const made = await binding
    .prepare("INSERT INTO generation (state) VALUES ('building') RETURNING number")
    .first<{ number: number }>();
  if (!made) throw new Error('the index gave no number');
  await runAll(binding, tablesOf(made.number));
  return made.number;
}

/** Statements that make a generation the one that is read, and drop all others. */
export function swapStatements(
  binding: D1Database,
  number: number,
  others: readonly number[],
): D1PreparedStatement[] {
  return [
    ...others.flatMap((other) => [...dropsOf(other), `DELETE FROM generation WHERE number = ${other}`]),
    `UPDATE generation SET state = 'live' WHERE number = ${number}`,
    `DELETE FROM reading WHERE generation < ${number}`,
  ].map((statement) => binding.prepare(statement));
}

/** Counts anew what ranking needs of the whole. */
export function recountStatement(binding: D1Database, number: number): D1PreparedStatement {
  return binding.prepare(`UPDATE generation SET (entries, mean_question, mean_aliases, mean_answer) =
    (SELECT count(*), coalesce(avg(length(question_text)), 0), coalesce(avg(length(aliases_text)), 0), coalesce(avg(length(answer_text)), 0)
     FROM entry_${number}) WHERE number = ${number}`);
}

async function runAll(binding: D1Database, statements: readonly string[]): Promise<void> {
  if (statements.length > 0) await binding.batch(statements.map((statement) => binding.prepare(statement)));
}
