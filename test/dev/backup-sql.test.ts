/** The way of a value from wrangler's export to the SQL that restores it, for every value that SQLite knows. */
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExport } from '../../dev/backup/export-reading.ts';
import { restoreStatements } from '../../dev/backup/restore-sql.ts';
import { type Cell, type Contents, readRow, writeRow } from '../../dev/backup/rows.ts';
import { splitStatements } from '../../dev/backup/sql-statements.ts';
import { afterExport } from '../../dev/backup/text-repair.ts';
import { StartError } from '../../dev/local/start-error.ts';

/** D1's own limit. */
const MAX_STATEMENT_BYTES = 100_000;
const EMPTY: Contents = { tables: [], schema: [] };

async function split(sql: string, pieces: number): Promise<string[]> {
  const size = Math.max(1, Math.ceil(sql.length / pieces));
  const chunks = Array.from({ length: pieces }, (_, i) => sql.slice(i * size, (i + 1) * size));
  const found: string[] = [];
  for await (const statement of splitStatements(chunks)) found.push(statement);
  return found;
}

/** What a database holds after the statements have run. */
function restored(contents: Contents): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  db.exec('PRAGMA foreign_keys=ON; BEGIN');
  for (const statement of restoreStatements(contents, EMPTY)) {
    expect(Buffer.byteLength(statement)).toBeLessThanOrEqual(MAX_STATEMENT_BYTES);
    db.exec(statement);
  }
  db.exec('COMMIT');
  return db;
}

const text = fc.string({
  unit: fc.constantFrom("'", '\\', 'n', 'r', '\n', '\r', '\0', '"', ';', '-', '相', '🙂', '\u2028', ' '),
});

describe('statements', () => {
  const statements = [
    'CREATE TABLE "a;b" (t TEXT DEFAULT \';\', -- a; comment\n n /* ; */);',
    `INSERT INTO "a;b" ("t") VALUES('it''s; --\n/*');`,
    'CREATE TRIGGER x BEFORE UPDATE ON a BEGIN SELECT 1; SELECT CASE WHEN 1 THEN 2 END; END;',
    'CREATE INDEX i ON [a;b] (`t;`);',
  ];

  it('are cut at their ends alone, however the text was cut on its way', async () => {
    const sql = statements.join('\n');
    for (let pieces = 1; pieces <= sql.length; pieces += 1)
      expect(await split(sql, pieces)).toEqual(statements);
  });

  it('that do not end are not taken for whole ones', async () => {
    await expect(split("INSERT INTO a VALUES('x", 2)).rejects.toThrow('ends within');
  });
});

describe('an export', () => {
  it('is read with its tables, rows and the rest of its schema', async () => {
    const read = await readExport([
      `PRAGMA defer_foreign_keys=TRUE;
CREATE TABLE \`one\` (\`id\` integer PRIMARY KEY AUTOINCREMENT NOT NULL);
CREATE TABLE IF NOT EXISTS "two ""2""" (a, b);
INSERT INTO "two ""2""" ("a","b") VALUES(1,'it''s');
INSERT INTO "two ""2""" ("a","b") VALUES(-1.5e-7,X'00Ff');
INSERT INTO "two ""2""" ("a","b") VALUES(NULL,replace(replace('a\\r\\nb','\\r',char(13)),'\\n',char(10)));
INSERT INTO "two ""2""" ("a","b") VALUES(9e999,-9e999);
DELETE FROM sqlite_sequence;
INSERT INTO "sqlite_sequence" ("name","seq") VALUES('one',7);
ANALYZE sqlite_schema;
INSERT INTO "sqlite_stat1" ("tbl","idx","stat") VALUES('one',NULL,'1');
CREATE UNIQUE INDEX i ON one (id);
CREATE TRIGGER t BEFORE DELETE ON one BEGIN SELECT RAISE(ABORT, 'no; never'); END;
CREATE VIEW v AS SELECT 1;`,
    ]);
    expect(read.tables).toEqual([
      {
        name: 'one',
        sql: 'CREATE TABLE `one` (`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL);',
        columns: [],
        rows: [],
      },
      {
        name: 'two "2"',
        sql: 'CREATE TABLE "two ""2""" (a, b);',
        columns: ['a', 'b'],
        rows: ['[1,"it\'s"]', '[-1.5e-7,{"hex":"00ff"}]', '[null,"a\\r\\nb"]', '[1e999,-1e999]'],
      },
      { name: 'sqlite_sequence', sql: null, columns: ['name', 'seq'], rows: ['["one",7]'] },
    ]);
    expect(read.rewritten).toEqual(new Map([['two "2"', [2]]]));
    expect(read.schema.map((sql) => sql.split(' ').slice(0, 2).join(' '))).toEqual([
      'CREATE UNIQUE',
      'CREATE VIEW',
      'CREATE TRIGGER',
    ]);
  });

  it.each([
    ['a statement of another kind', 'UPDATE a SET b = 1;'],
    ['a value of another kind', 'INSERT INTO "a" ("b") VALUES(randomblob(3));'],
    ['fewer values than columns', 'INSERT INTO "a" ("b","c") VALUES(1);'],
    ['something behind the values', 'INSERT INTO "a" ("b") VALUES(1) RETURNING b;'],
  ])('with %s is refused as a whole', async (_, sql) => {
    await expect(readExport([sql])).rejects.toThrow(StartError);
  });
});

describe('a text that the export changes', () => {
  it.each([
    ['a\nb', 'a\nb'],
    ['\\\\server\\new', '\\\\server\\new'],
    ['\\\\server\\new\nx', '\\\\server\new\nx'],
    ['\\r\\n\r', '\r\\n\r'],
  ])('%j comes back as %j', (original, back) => {
    expect(afterExport(original)).toBe(back);
  });
});

describe('restoring', () => {
  const table = (name: string, sql: string, rows: Cell[][], columns: string[]) => ({
    name,
    sql,
    columns,
    rows: rows.map(writeRow),
  });

  it('brings back every value with its type', () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.integer(),
      fc.constantFrom(2 ** 53 - 1, -(2 ** 53) + 1, Infinity, -Infinity, 0.1, 5e-324, 1.7976931348623157e308),
      text,
      fc.constantFrom(
        'BEGIN TRANSACTION;',
        'COMMIT;',
        'あ'.repeat(12_000),
        "'".repeat(40_000),
        `${'x'.repeat(300_000)}\n`,
      ),
      fc.uint8Array().map((bytes) => ({ hex: Buffer.from(bytes).toString('hex') })),
      fc.constant({ hex: 'ab00'.repeat(60_000) }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { maxLength: 20 }), (rows) => {
        const db = restored({
          tables: [table('t', 'CREATE TABLE t (a, b, c);', rows, ['a', 'b', 'c'])],
          schema: [],
        });
        const found = db
          .prepare('SELECT * FROM t ORDER BY rowid')
          .all()
          .map((row) =>
            Object.values(row).map((cell) =>
              cell instanceof Uint8Array ? { hex: Buffer.from(cell).toString('hex') } : cell,
            ),
          );
        expect(found).toEqual(rows.map((row) => readRow(writeRow(row))));
        expect(db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE '%stage%'").all()).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('takes tables in the order of their references, circles and tables that refer to themselves included', () => {
    const db = restored({
      tables: [
        table(
          'child',
          'CREATE TABLE child (id PRIMARY KEY, p REFERENCES "parent"(id));',
          [[1, 2]],
          ['id', 'p'],
        ),
        table(
          'parent',
          'CREATE TABLE parent (id PRIMARY KEY, c REFERENCES child (id));',
          [[2, 1]],
          ['id', 'c'],
        ),
        table(
          'tree',
          'CREATE TABLE tree (id PRIMARY KEY, up REFERENCES tree(id));',
          [
            [1, 2],
            [2, null],
          ],
          ['id', 'up'],
        ),
        table('leaf', 'CREATE TABLE leaf (id REFERENCES `tree`(id));', [[2]], ['id']),
      ],
      schema: [],
    });
    expect(db.prepare('SELECT count(*) AS rows FROM leaf').get()).toEqual({ rows: 1 });
    expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  });

  it('keeps the numbers that AUTOINCREMENT has used up', () => {
    const db = restored({
      tables: [
        table('o', 'CREATE TABLE o (id INTEGER PRIMARY KEY AUTOINCREMENT, x);', [[3, 'x']], ['id', 'x']),
        { name: 'sqlite_sequence', sql: null, columns: ['name', 'seq'], rows: ['["o",41]'] },
      ],
      schema: [],
    });
    db.exec("INSERT INTO o (x) VALUES ('y')");
    expect(db.prepare('SELECT max(id) AS id FROM o').get()).toEqual({ id: 42 });
  });
});
