/** Cases opened for a resident's copy, all at once and in few queries. */
import { asc, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Database } from '../../../../lib/db.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { type CaseKey, keyRingOf } from '../../../../vault/key-ring.ts';
import { caseKey } from '../../../../vault/tables.ts';
import { center, staff } from '../../../directory/tables.ts';
import { closingPlace, REPORT_FIELDS } from '../../closing/data.ts';
import { closingReport, rating } from '../../closing/tables.ts';
import { answerPlace, type Consultation, casePlace, contentPlace } from '../../data.ts';
import { filePlace } from '../../files/data.ts';
import { caseFile } from '../../files/tables.ts';
import type { Subject } from '../../finding/rules.ts';
import { handover } from '../../handover/tables.ts';
import { summaryPlace } from '../../recording/data.ts';
import { activity } from '../../recording/tables.ts';
import { answer, consultation, consultationContent, note, SUBJECT_FIELDS } from '../../tables.ts';
import { listEvents } from '../../timeline/data.ts';
import type { Names } from '../../timeline/detail.ts';
import { type OpenedCase, timelineLines } from '../../timeline/lines.ts';
import type { SheetSource } from '../../timeline/sheet.ts';

/** A case opened for a copy. */
export interface OpenedCopy {
  source: Omit<SheetSource, 'printedBy' | 'now'>;
  fileNames: string[];
}

/** The stored rows of some cases, read at once. */
async function readRows(db: Database, ids: readonly string[]) {
  const listed = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const among = (column: SQLiteColumn) => sql`${column} IN ${listed}`;
  const [
    cases,
    keys,
    contents,
    answers,
    notes,
    activities,
    reports,
    ratings,
    handovers,
    files,
    people,
    centers,
  ] = await db.batch([
    db.select().from(consultation).where(among(consultation.id)).orderBy(asc(consultation.submittedAt)),
    db.select().from(caseKey).where(among(caseKey.caseId)),
    db.select().from(consultationContent).where(among(consultationContent.consultationId)),
    db.select().from(answer).where(among(answer.consultationId)).orderBy(asc(answer.answeredAt)),
    db.select().from(note).where(among(note.consultationId)).orderBy(asc(note.writtenAt)),
    db.select().from(activity).where(among(activity.consultationId)).orderBy(asc(activity.heldOn)),
    db.select().from(closingReport).where(among(closingReport.consultationId)),
    db.select().from(rating).where(among(rating.consultationId)),
    db.select().from(handover).where(among(handover.consultationId)).orderBy(asc(handover.offeredAt)),
    db
      .select()
      .from(caseFile)
      .where(sql`${among(caseFile.consultationId)} AND ${caseFile.removedAt} IS NULL`)
      .orderBy(asc(caseFile.addedAt)),
    db.select({ id: staff.slackUserId, name: staff.name }).from(staff),
    db.select({ code: center.code, short: center.short, channel: center.channel }).from(center),
  ]);
  return {
    cases,
    keys,
    contents,
    answers,
    notes,
    activities,
    reports,
    ratings,
    handovers,
    files,
    people,
    centers,
  };
}

type Rows = Awaited<ReturnType<typeof readRows>>;

/** Everybody who ever worked here. */
export async function listStaffNames(db: Database): Promise<string[]> {
  const rows = await db.select({ name: staff.name }).from(staff);
  return rows.map(({ name }) => name);
}

/** All of these cases, decrypted, the oldest first. Requires that the Actor may see them and that the reading was logged. */
export async function openCopies({ db, settings }: Scope, ids: readonly string[]): Promise<OpenedCopy[]> {
  const [rows, ring] = await Promise.all([readRows(db, ids), keyRingOf(settings)]);
  const names: Names = {
    people: new Map(rows.people.map(({ id, name }) => [id, name])),
    centers: new Map(rows.centers.map(({ code, short }) => [code, short])),
    // Of other cases a resident's copy says nothing.
    cases: new Map(rows.cases.map(({ id, reference }) => [id, reference])),
  };
  return Promise.all(
    rows.cases.map(async (of) => {
      const wrapped = rows.keys.find(({ caseId }) => caseId === of.id);
      if (!wrapped) throw new Error('the case has no key');
      return openCopy(db, await ring.openCaseKey(wrapped), of, rows, names);
    }),
  );
}

async function openCopy(
  db: Database,
  key: CaseKey,
  of: Consultation,
  rows: Rows,
  names: Names,
): Promise<OpenedCopy> {
  const isOwn = ({ consultationId }: { consultationId: string }) => consultationId === of.id;
  const [events, opened, report, rated] = await Promise.all([
    listEvents(db, of.id),
    openTexts(key, of, rows, names),
    openReport(key, of, rows.reports.find(isOwn)),
    openRating(key, of, rows.ratings.find(isOwn)),
  ]);
  const officeOf = (code: string) =>
    rows.centers.find((each) => each.code === code) ?? { code, short: code, channel: null };
  return {
    source: {
      loaded: {
        consultation: of,
        sendingCenter: officeOf(of.sendingCenter),
        responsibleCenter: officeOf(of.responsibleCenter),
        nameInCharge: of.personInCharge && (names.people.get(of.personInCharge) ?? null),
      },
      opened,
      lines: timelineLines(events, opened),
      handovers: rows.handovers.filter(isOwn),
      report,
      rating: rated,
    },
    fileNames: await Promise.all(
      rows.files.filter(isOwn).map(({ id, name }) => key.open(filePlace(id, of), name)),
    ),
  };
}

async function openTexts(key: CaseKey, of: Consultation, rows: Rows, names: Names): Promise<OpenedCase> {
  const isOwn = ({ consultationId }: { consultationId: string }) => consultationId === of.id;
  const nameOf = (person: string) => names.people.get(person) ?? person;
  const content = rows.contents.find(isOwn);
  if (!content) throw new Error('the consultation has no content');
  const subject: Subject = {};
  for (const field of SUBJECT_FIELDS) {
    const sealed = content[field];
    if (sealed !== null) subject[field] = await key.open(contentPlace(field, of), sealed);
  }
  return {
    names,
    content: { body: await key.open(contentPlace('body', of), content.body), subject },
    answers: await Promise.all(
      rows.answers.filter(isOwn).map(async ({ id, author, answeredAt, body }) => ({
        id,
        authorName: nameOf(author),
        answeredAt,
        body: await key.open(answerPlace(id, of), body),
      })),
    ),
    notes: await Promise.all(
      rows.notes.filter(isOwn).map(async ({ consultationId: _, body, ...row }) => ({
        ...row,
        authorName: nameOf(row.author),
        body: await key.open(casePlace('note', 'body', row.id, of), body),
      })),
    ),
    activities: await Promise.all(
      rows.activities.filter(isOwn).map(async ({ people, author, summary, ...row }) => ({
        ...row,
        authorName: nameOf(author),
        peopleNames: people.map(nameOf),
        summary: summary && (await key.open(summaryPlace(row.id, of), summary)),
      })),
    ),
  };
}

async function openReport(
  key: CaseKey,
  of: Consultation,
  row: Rows['reports'][number] | undefined,
): Promise<OpenedCopy['source']['report']> {
  if (!row) return undefined;
  const report: NonNullable<OpenedCopy['source']['report']> = {
    lessons: null,
    measures: null,
    prevention: null,
  };
  for (const field of REPORT_FIELDS) {
    const sealed = row[field];
    if (sealed !== null) report[field] = await key.open(closingPlace('closing_report', field, of), sealed);
  }
  return report;
}

async function openRating(
  key: CaseKey,
  of: Consultation,
  row: Rows['ratings'][number] | undefined,
): Promise<OpenedCopy['source']['rating']> {
  if (!row) return undefined;
  const { value, ratedBy, ratedAt, comment } = row;
  return {
    value,
    ratedBy,
    ratedAt,
    comment: comment && (await key.open(closingPlace('rating', 'comment', of), comment)),
  };
}
