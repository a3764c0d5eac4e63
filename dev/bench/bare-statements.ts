/**
 * The statements that the product runs in D1 for `/kikan ヘルプ` and for one consultation, in the same calls and order.
 * Values come from rows that the product itself stored just before (rig.ts), so that they have its sizes.
 */

import { hashLike, sealLike } from './bare-vault.ts';
import type { Row } from './row.ts';

/** By table: what one consultation left behind. */
export type SampleRows = Record<string, Row[]>;

/** `Actor.find`: who is it, in which center, and what does Slack say of the account? One call. */
export function readGate(db: D1Database, slackUserId: string): Promise<Row | null> {
  return db
    .prepare(
      `SELECT staff.slack_user_id, staff.name, staff.center, staff.profession, staff.role, staff.is_admin,
         staff.is_on_duty, staff.email, staff.position, staff.removed_at,
         center.code, center.kind, center.name AS center_name, center.short, center.channel, center.area,
         center.position AS center_position, center.closed_at,
         slack_account.slack_user_id AS account, slack_account.is_guest, slack_account.checked_at
       FROM staff INNER JOIN center ON center.code = staff.center
         LEFT JOIN slack_account ON slack_account.slack_user_id = staff.slack_user_id
       WHERE staff.slack_user_id = ? AND staff.removed_at IS NULL AND center.closed_at IS NULL LIMIT 1`,
    )
    .bind(slackUserId)
    .first<Row>();
}

/** `submitConsultation`: the center with its city, the number (one batch), everything else (one batch). */
export async function storeConsultation(
  db: D1Database,
  sample: SampleRows,
  submissionKey: string,
): Promise<void> {
  const stored = firstOf(sample, 'consultation');
  const topics = rowsOf(sample, 'consultation_topic');
  const deadlines = rowsOf(sample, 'deadline');
  const subject = await hashLike(rowsOf(sample, 'subject_token').length);
  await readHouseKey(db);
  await readCandidates(db, subject.slice(0, 3), submissionKey);
  await db
    .prepare(
      `SELECT center.code, center.kind, center.name, center.short, center.channel, center.area, center.position,
         center.closed_at, city.id, city.name AS city_name, city.fiscal_year_start, city.business_hours,
         city.closed_days, city.personal_data_entry, city.deadlines, city.triage_channel, city.heads_channel, city.drill_channel,
         city.imported_at
       FROM center INNER JOIN city ON city.id = 1 WHERE center.code = ? LIMIT 1`,
    )
    .bind(stored.sending_center)
    .first();
  const number = await takeNumber(db, firstOf(sample, 'reference_number'), submissionKey);
  const id = number.consultation_id ?? '';
  const reference = `${number.series}-${String(number.number).padStart(4, '0')}`;
  const now = Date.now();
  const sealed = await sealLike(
    firstOf(sample, 'consultation_content'),
    firstOf(sample, 'case_key'),
    String(id),
  );
  await readHouseKey(db);
  await db.batch([
    insert(db, 'audit_entry', { ...firstOf(sample, 'audit_entry'), chain: `case:${id}`, at: now }),
    insert(db, 'consultation', { ...stored, id, reference, submitted_at: now }),
    db.prepare('DELETE FROM deadline WHERE consultation_id = ?').bind(id),
    insertAll(db, 'deadline (consultation_id, kind, due_at, remind_at)', deadlines.length, (i) => [
      id,
      deadlines[i]?.kind ?? null,
      deadlines[i]?.due_at ?? null,
      deadlines[i]?.remind_at ?? null,
    ]),
    insertAll(db, 'consultation_topic (topic, submitted_at, consultation_id)', topics.length, (i) => [
      topics[i]?.topic ?? null,
      now,
      id,
    ]),
    insertAll(db, 'subject_token (token, submitted_at, consultation_id)', subject.length, (i) => [
      subject[i] ?? 0,
      now,
      id,
    ]),
    insert(db, 'case_key', { ...sealed.keyRow, case_id: id }),
    insert(db, 'consultation_content', { ...sealed.content, consultation_id: id }),
    insertOutbox(db, sample.outbox ?? [], String(id), now),
  ]);
}

async function takeNumber(db: D1Database, { series }: Row, submissionKey: string): Promise<Row> {
  const [, taken] = await db.batch<Row>([
    db
      .prepare(
        `INSERT INTO reference_number (submission_key, series, number, consultation_id)
         SELECT ?, ?, coalesce(max(number), 0) + 1, ? FROM reference_number WHERE series = ?
         ON CONFLICT DO NOTHING`,
      )
      .bind(submissionKey, series, crypto.randomUUID(), series),
    db
      .prepare(
        'SELECT submission_key, series, number, consultation_id FROM reference_number WHERE submission_key = ?',
      )
      .bind(submissionKey),
  ]);
  const [row] = taken?.results ?? [];
  if (!row) throw new Error('no number');
  return row;
}

/** The key that residents are hashed with. */
function readHouseKey(db: D1Database): Promise<Row | null> {
  return db
    .prepare("SELECT case_id, key_id, wrapped FROM case_key WHERE case_id = 'house:subject-index' LIMIT 1")
    .first<Row>();
}

/** Whether somebody asked about the same resident before. */
function readCandidates(db: D1Database, tokens: readonly number[], submissionKey: string): Promise<unknown> {
  return db
    .prepare(
      `SELECT consultation.id, consultation.submitted_at, consultation.reference, consultation.status,
         consultation.sending_center, center.short, case_key.wrapped, consultation_content.subject_name
       FROM consultation INNER JOIN center ON center.code = consultation.sending_center
         INNER JOIN consultation_content ON consultation_content.consultation_id = consultation.id
         INNER JOIN case_key ON case_key.case_id = consultation.id
       WHERE consultation.id IN (SELECT consultation_id FROM (
         SELECT DISTINCT subject_token.submitted_at, subject_token.consultation_id
         FROM subject_token CROSS JOIN consultation ON consultation.id = subject_token.consultation_id
         WHERE subject_token.token IN (SELECT value FROM json_each(?)) AND consultation.sending_center = ?
           AND consultation.id NOT IN (SELECT consultation_id FROM reference_number WHERE submission_key = ?)
         ORDER BY subject_token.submitted_at DESC, subject_token.consultation_id DESC LIMIT 60))
       ORDER BY consultation.submitted_at DESC`,
    )
    .bind(JSON.stringify(tokens), 'higashi', submissionKey)
    .all();
}

/** Several rows of one table in one statement. */
function insertAll(
  db: D1Database,
  table: string,
  count: number,
  valuesOf: (index: number) => (string | number | null)[],
): D1PreparedStatement {
  const rows = Array.from({ length: count }, (_, i) => valuesOf(i));
  const places = rows.map((row) => `(${row.map(() => '?').join(', ')})`).join(', ');
  return db.prepare(`INSERT INTO ${table} VALUES ${places}`).bind(...rows.flat());
}

/** One row with all columns of its table. */
function insert(db: D1Database, table: string, row: Row): D1PreparedStatement {
  const columns = Object.keys(row);
  return db
    .prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
    .bind(...Object.values(row));
}

/** Two cards and a direct message in one statement; the id counts up, what the courier notes later is empty. */
function insertOutbox(db: D1Database, rows: readonly Row[], id: string, now: number): D1PreparedStatement {
  const values = rows.map(() => "(NULL, ?, ?, ?, ?, NULL, ?, 'waiting', ?, ?, NULL, 0, NULL, NULL, NULL)");
  const bound = rows.flatMap(({ kind, lane, slot, channel, message }) => {
    const audience = String(slot).split('/').at(-1);
    return kind === 'card'
      ? [
          kind,
          `card:consultation/${id}/${audience}`,
          `consultation/${id}/${audience}`,
          channel,
          message,
          now,
          now,
        ]
      : [kind, lane, slot, channel, message, now, now];
  });
  return db
    .prepare(
      `INSERT INTO outbox (id, kind, lane, slot, channel, person, message, state, created_at, due_at, first_tried_at,
         attempts, last_error, settled_at, reported_at) VALUES ${values.join(', ')}`,
    )
    .bind(...bound);
}

function rowsOf(sample: SampleRows, table: string): Row[] {
  return sample[table] ?? [];
}

function firstOf(sample: SampleRows, table: string): Row {
  const [row] = sample[table] ?? [];
  if (!row) throw new Error(`no sample of ${table}`);
  return row;
}
