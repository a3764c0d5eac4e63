/** Reads of 定型文. Only core staff see them: `rules.mayKeepTemplates` is the caller's first question. */
import { eq, isNull } from 'drizzle-orm';
import type { Scope } from '../../../slack/scope.ts';
import { openHouseKey } from '../../../vault/house-key.ts';
import type { CaseKey } from '../../../vault/key-ring.ts';
import { staff } from '../../directory/tables.ts';
import { answerTemplate } from './tables.ts';

type Stored = typeof answerTemplate.$inferSelect;
type Vault = Pick<Scope, 'db' | 'settings'>;

export interface TemplateTitle {
  id: string;
  title: string;
}

export interface OpenedTemplate extends TemplateTitle {
  body: string;
  version: number;
  updatedAt: Date;
  updatedByName: string;
  submissionKey: string;
  isRemoved: boolean;
}

/** All that may be chosen, in the order of their titles. */
export async function listTemplates(vault: Vault): Promise<TemplateTitle[]> {
  const rows = await vault.db
    .select({ id: answerTemplate.id, title: answerTemplate.title })
    .from(answerTemplate)
    .where(isNull(answerTemplate.removedAt));
  if (rows.length === 0) return [];
  const key = await openTemplateKey(vault);
  const opened = await Promise.all(
    rows.map(async ({ id, title }) => ({ id, title: await key.open(templatePlace(id, 'title'), title) })),
  );
  const collator = new Intl.Collator('ja', { numeric: true });
  return opened.sort((one, other) => collator.compare(one.title, other.title));
}

/** One template, also a removed one; undefined when there never was one of that id. */
export async function findTemplate(vault: Vault, id: string): Promise<OpenedTemplate | undefined> {
  const [row] = await vault.db
    .select({ template: answerTemplate, updatedByName: staff.name })
    .from(answerTemplate)
    .innerJoin(staff, eq(staff.slackUserId, answerTemplate.updatedBy))
    .where(eq(answerTemplate.id, id))
    .limit(1);
  return row && open(await openTemplateKey(vault), row);
}

/** One that may be chosen. */
export async function findChosen(vault: Vault, id: string): Promise<OpenedTemplate | undefined> {
  const found = await findTemplate(vault, id);
  return found?.isRemoved ? undefined : found;
}

export async function countTemplates({ db }: Pick<Scope, 'db'>): Promise<number> {
  return db.$count(answerTemplate, isNull(answerTemplate.removedAt));
}

export function openTemplateKey(vault: Vault): Promise<CaseKey> {
  return openHouseKey(vault, 'templates');
}

/** Where a template's ciphertext belongs: see `Place`. It belongs to the house, to no center. */
export function templatePlace(id: string, column: 'title' | 'body') {
  return { table: 'answer_template', column, row: id, center: 'house' };
}

async function open(
  key: CaseKey,
  { template: row, updatedByName }: { template: Stored; updatedByName: string },
): Promise<OpenedTemplate> {
  return {
    id: row.id,
    title: await key.open(templatePlace(row.id, 'title'), row.title),
    body: await key.open(templatePlace(row.id, 'body'), row.body),
    version: row.version,
    updatedAt: row.updatedAt,
    updatedByName,
    submissionKey: row.submissionKey,
    isRemoved: row.removedAt !== null,
  };
}
