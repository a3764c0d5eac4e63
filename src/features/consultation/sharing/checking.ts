/** Looks for personal data in what is to be shared, with the case's own record to compare. Staff are named in it no more than residents. */
import type { Scope } from '../../../slack/scope.ts';
import { loadDetector } from '../../../vault/personal-data/detector.ts';
import type { Finding } from '../../../vault/personal-data/finding.ts';
import type { LoadedConsultation } from '../data.ts';
import type { FieldErrors } from '../schema.ts';
import { openKnownValues } from '../thread/examining.ts';
import { FINDING_WORDS } from '../thread/text.ts';
import { isNeverShared } from './rules.ts';
import { type SharedTexts, TEXT_FIELDS, type TextField } from './schema.ts';
import { sharingText as text } from './text.ts';

/** The job that compares what is to be shared with the record. */
export const SHARING_JOB = 'sharing';

/** Slack shows a few lines beside a field; whoever takes these words out hears of the next ones. */
const MAX_NAMED = 8;

export type TextFindings = Record<TextField, Finding[]>;

/** Opens the case's record for the comparison, and logs that. Requires that the Actor may see the case. */
export async function findPersonalData(
  scope: Scope,
  loaded: LoadedConsultation,
  texts: SharedTexts,
): Promise<TextFindings> {
  const [detector, known] = await Promise.all([loadDetector(), openKnownValues(scope, loaded, SHARING_JOB)]);
  const find = (field: TextField) => detector.find(texts[field] ?? '', { known });
  return { matter: find('matter'), response: find('response'), prevention: find('prevention') };
}

/** The found words by kind, each once, as they were typed: for their author and for who checks them, never for a message. */
export function foundWords(texts: SharedTexts, findings: TextFindings, field?: TextField): string[] {
  const fields = field ? [field] : TEXT_FIELDS;
  const lines = fields.flatMap((each) =>
    findings[each].map(({ kind, start, end }) =>
      text.found(FINDING_WORDS[kind], (texts[each] ?? '').slice(start, end)),
    ),
  );
  return [...new Set(lines)].slice(0, MAX_NAMED);
}

/** What stands beside the fields that hold what is never shared; undefined when none does. */
export function faultsOf(texts: SharedTexts, findings: TextFindings): FieldErrors | undefined {
  const faulty = TEXT_FIELDS.filter((field) => findings[field].some(({ kind }) => isNeverShared(kind)));
  if (faulty.length === 0) return undefined;
  return Object.fromEntries(
    faulty.map((field) => [field, text.errors.holds(foundWords(texts, findings, field).join(''))]),
  );
}

export function hasFindings(findings: TextFindings): boolean {
  return TEXT_FIELDS.some((field) => findings[field].length > 0);
}

/** The text with 【 】 around each finding. */
export function markFindings(body: string, findings: readonly Finding[]): string {
  let marked = '';
  let end = 0;
  for (const finding of findings) {
    marked += `${body.slice(end, finding.start)}【${body.slice(finding.start, finding.end)}】`;
    end = finding.end;
  }
  return marked + body.slice(end);
}
