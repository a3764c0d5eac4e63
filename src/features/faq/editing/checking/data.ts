/** Looks for personal data in what everybody is to read. Staff may be named. */
import { isNull } from 'drizzle-orm';
import type { Scope } from '../../../../slack/scope.ts';
import { loadDetector } from '../../../../vault/personal-data/detector.ts';
import type { Finding, FindingKind } from '../../../../vault/personal-data/finding.ts';
import { staff } from '../../../directory/tables.ts';
import type { EntryContent } from '../../rules.ts';
import { type Field, isNeverPublished, type Texts, textsOf } from '../rules.ts';

export interface Checked {
  texts: Texts;
  findings: Record<Field, Finding[]>;
  kinds: FindingKind[];
}

export async function findPersonalData({ db }: Pick<Scope, 'db'>, content: EntryContent): Promise<Checked> {
  const [detector, rows] = await Promise.all([
    loadDetector(),
    db.select({ name: staff.name }).from(staff).where(isNull(staff.removedAt)),
  ]);
  const colleagues = rows.map(({ name }) => name);
  const texts = textsOf(content);
  const find = (field: Field) => detector.find(texts[field], { colleagues });
  const findings = {
    question: find('question'),
    aliases: find('aliases'),
    answer: find('answer'),
    topics: find('topics'),
    links: find('links'),
  };
  const kinds = Object.values(findings).flatMap((each) => each.map(({ kind }) => kind));
  return { texts, findings, kinds: [...new Set(kinds)] };
}

/** The kinds that keep a text from being proposed, whoever confirms what. */
export function neverAmong(kinds: readonly FindingKind[], consultationId: string | null): FindingKind[] {
  return kinds.filter((kind) => isNeverPublished(kind, consultationId !== null));
}
