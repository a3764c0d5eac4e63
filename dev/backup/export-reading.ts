/** Reads the SQL that `wrangler d1 export` writes: https://developers.cloudflare.com/d1/best-practices/import-export-data/ */
import { StartError } from '../local/start-error.ts';
import { type Cell, type Contents, type Table, writeRow } from './rows.ts';
import { splitStatements } from './sql-statements.ts';

export interface Exported extends Contents {
  /** Rows with a text that holds line breaks, by table: the export writes those in a way that loses something (see text-repair.ts). */
  rewritten: Map<string, number[]>;
}

const NAME = String.raw`("(?:[^"]|"")*"|\`(?:[^\`]|\`\`)*\`|\[[^\]]*\]|[^\s("\`[]+)`;
const CREATE_TABLE = new RegExp(`^CREATE TABLE (?:IF NOT EXISTS )?${NAME}`, 'i');
const INSERT = new RegExp(String.raw`^INSERT INTO ${NAME}\s*\(`, 'i');
const SKIPPED = /^(?:PRAGMA |DELETE FROM sqlite_sequence|ANALYZE )/i;
/** The order in which they can be made: a trigger may stand on a view. */
const SCHEMA_KINDS = [/^CREATE (?:UNIQUE )?INDEX /i, /^CREATE VIEW /i, /^CREATE TRIGGER /i];

/** @throws {StartError} on a statement that no export known to us has: better no backup than half of one */
export async function readExport(sql: AsyncIterable<string> | Iterable<string>): Promise<Exported> {
  const tables = new Map<string, Table>();
  const rewritten = new Map<string, number[]>();
  const schema = SCHEMA_KINDS.map((): string[] => []);
  for await (const statement of splitStatements(sql)) {
    const created = CREATE_TABLE.exec(statement)?.[1];
    const inserted = INSERT.exec(statement)?.[1];
    const kind = SCHEMA_KINDS.findIndex((each) => each.test(statement));
    if (created) {
      const name = unquote(created);
      tables.set(name, { name, sql: withoutCondition(statement), columns: [], rows: [] });
    } else if (inserted) takeRow(tables, rewritten, unquote(inserted), statement);
    else if (kind !== -1) schema[kind]?.push(statement);
    else if (!SKIPPED.test(statement)) throw unknownForm();
  }
  return { tables: [...tables.values()], schema: schema.flat(), rewritten };
}

/** The export adds the condition to some; SQLite does not keep it. */
function withoutCondition(statement: string): string {
  return statement.replace(/^CREATE TABLE IF NOT EXISTS /i, 'CREATE TABLE ');
}

function takeRow(
  tables: Map<string, Table>,
  rewritten: Map<string, number[]>,
  name: string,
  statement: string,
): void {
  // Statistics of the query planner, which SQLite gathers anew.
  if (name.startsWith('sqlite_stat')) return;
  const table = tables.get(name) ?? { name, sql: null, columns: [], rows: [] };
  tables.set(name, table);
  const { columns, cells, isRewritten } = new InsertReader(statement).read();
  if (table.columns.length === 0) table.columns = columns;
  if (columns.length !== cells.length || columns.join() !== table.columns.join()) throw unknownForm();
  if (isRewritten) {
    const places = rewritten.get(name) ?? [];
    rewritten.set(name, places);
    places.push(table.rows.length);
  }
  table.rows.push(writeRow(cells));
}

/** `INSERT INTO "t" ("a","b") VALUES(1,replace('x\ny','\n',char(10)));` */
class InsertReader {
  readonly #sql: string;
  #at = 0;
  #isRewritten = false;

  constructor(statement: string) {
    this.#sql = statement;
  }

  read(): { columns: string[]; cells: Cell[]; isRewritten: boolean } {
    this.#need(INSERT_START);
    const columns = this.#list(() => unquote(this.#need(NAME_HERE)));
    this.#need(/\s*VALUES\s*\(/iy);
    const cells = this.#list(() => this.#value());
    this.#need(/\s*;$/y);
    return { columns, cells, isRewritten: this.#isRewritten };
  }

  #list<Item>(item: () => Item): Item[] {
    const items = [item()];
    while (this.#need(/\s*[,)]/y).endsWith(',')) items.push(item());
    return items;
  }

  #value(): Cell {
    if (this.#maybe(/\s*'/y) !== undefined) return this.#restOfText();
    const number = this.#maybe(/\s*-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy);
    if (number !== undefined) return Number(number);
    if (this.#maybe(/\s*NULL\b/iy) !== undefined) return null;
    const bytes = this.#maybe(/\s*X'(?:[0-9a-f]{2})*'/iy);
    if (bytes !== undefined) return { hex: bytes.trimStart().slice(2, -1).toLowerCase() };
    return this.#replacement();
  }

  /** Not by a regular expression: a value may have a million characters, each of them a quote. */
  #restOfText(): string {
    const from = this.#at;
    for (;;) {
      const quote = this.#sql.indexOf("'", this.#at);
      if (quote === -1) throw unknownForm();
      this.#at = quote + 1;
      if (this.#sql[this.#at] !== "'") return this.#sql.slice(from, quote).replaceAll("''", "'");
      this.#at += 1;
    }
  }

  #replacement(): string {
    this.#need(/\s*replace\(/iy);
    const text = this.#value();
    this.#need(/\s*,/y);
    const sought = this.#value();
    const code = /\d+/.exec(this.#need(/\s*,\s*char\(\d+\)\s*\)/iy))?.[0];
    if (typeof text !== 'string' || typeof sought !== 'string') throw unknownForm();
    this.#isRewritten = true;
    return text.replaceAll(sought, String.fromCharCode(Number(code)));
  }

  #maybe(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#sql)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #need(pattern: RegExp): string {
    const found = this.#maybe(pattern);
    if (found === undefined) throw unknownForm();
    return found;
  }
}

const INSERT_START = new RegExp(INSERT.source, 'iy');
const NAME_HERE = new RegExp(String.raw`\s*${NAME}`, 'y');

function unquote(name: string): string {
  const text = name.trim();
  const quote = text[0] ?? '';
  if (quote === '[') return text.slice(1, -1);
  return quote === '"' || quote === '`' ? text.slice(1, -1).replaceAll(quote + quote, quote) : text;
}

function unknownForm(): StartError {
  return new StartError(
    'wrangler の書き出しに、このkikanが知らない形の文があります。バックアップは作っていません。wrangler とkikanの版を確かめてください。',
  );
}
