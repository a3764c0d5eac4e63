/** The fields that are asked about: entries, and questions with the entries that answer them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { SearchableEntry } from '../../../src/features/faq/search/rules.ts';
import { ROOT } from '../../local/state.ts';

const Entries = v.array(
  v.object({
    externalId: v.string(),
    question: v.string(),
    aliases: v.array(v.string()),
    answer: v.string(),
    topics: v.array(v.string()),
  }),
);

const Questions = v.array(
  v.object({
    id: v.string(),
    text: v.string(),
    style: v.string(),
    relevant: v.record(v.string(), v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3))),
  }),
);

export type Question = v.InferOutput<typeof Questions>[number];

export interface Field {
  name: string;
  entries: SearchableEntry[];
  /** What the search was tuned with. */
  tuned: Question[];
  /** Every third question of each file, by order: nobody looked at these while tuning. */
  heldBack: Question[];
}

const HELD_BACK = 3;

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
}

/** The synonyms that every city begins with, out of the migration that brings them. */
export function readGroups(): string[][] {
  const sql = readFileSync(path.join(ROOT, 'migrations', '0009_begin_synonyms.sql'), 'utf8');
  const [, list = ''] = /json_each\('([\s\S]+)'\)/.exec(sql) ?? [];
  return v.parse(v.array(v.array(v.string())), JSON.parse(list.replaceAll("''", "'")));
}

/** Questions that no such FAQ answers. */
export function readOffTopic(): string[] {
  return v.parse(v.array(v.string()), readJson('dev/bench/faq/off-topic.json'));
}

/** @throws when a question names an entry that is not there */
export function readField(
  name: string,
  entryFiles: readonly string[],
  questionFiles: readonly string[],
): Field {
  const entries = entryFiles
    .flatMap((file) => v.parse(Entries, readJson(file)))
    .map((entry) => ({ ...entry, id: entry.externalId, isCoreOnly: false, learnt: [] }));
  const ids = new Set(entries.map(({ id }) => id));
  const files = questionFiles.map((file) => v.parse(Questions, readJson(file)));
  for (const { id, relevant } of files.flat())
    for (const entry of Object.keys(relevant))
      if (!ids.has(entry)) throw new Error(`${id} names ${entry}, which is not there`);
  const isHeldBack = (_: Question, i: number) => i % HELD_BACK === HELD_BACK - 1;
  return {
    name,
    entries,
    tuned: files.flatMap((file) => file.filter((question, i) => !isHeldBack(question, i))),
    heldBack: files.flatMap((file) => file.filter(isHeldBack)),
  };
}

/** The same questions, to entries that nobody gave other ways to ask. */
export function withoutAliases(field: Field, name: string): Field {
  return { ...field, name, entries: field.entries.map((entry) => ({ ...entry, aliases: [] })) };
}

export function readFields(): Field[] {
  const seed = readField(
    'seed',
    ['dev/demo/faq/system.json', 'dev/demo/faq/rights.json'],
    ['dev/bench/faq/questions-a.json', 'dev/bench/faq/questions-b.json'],
  );
  return [
    seed,
    withoutAliases(seed, 'seed without aliases'),
    readField('town hall', ['dev/bench/faq/town-hall.json'], ['dev/bench/faq/town-hall-questions.json']),
  ];
}
