/** Places in a text that look like personal data, in order and without overlaps; and the text with these places covered. */
import { maskText } from './text.ts';

export type FindingKind =
  | 'phone'
  | 'my_number'
  | 'insured_number'
  | 'mail'
  | 'person_name'
  | 'address'
  | 'birth_date'
  | 'known_value';

/** From `start` to before `end`, in UTF-16 units of the text that was searched. */
export interface Finding {
  kind: FindingKind;
  start: number;
  end: number;
}

const marks: Readonly<Record<FindingKind, string>> = maskText;

/** Of what overlaps, the kind that says most. */
const strongestFirst: readonly FindingKind[] = [
  'known_value',
  'my_number',
  'insured_number',
  'phone',
  'mail',
  'birth_date',
  'address',
  'person_name',
];

function stronger(one: FindingKind, other: FindingKind): FindingKind {
  return strongestFirst.indexOf(one) <= strongestFirst.indexOf(other) ? one : other;
}

/** In order; those that overlap become one, so that nothing of either is left over. */
export function joinFindings(findings: readonly Finding[]): Finding[] {
  const joined: Finding[] = [];
  for (const finding of findings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = joined.at(-1);
    if (last && finding.start < last.end) {
      last.end = Math.max(last.end, finding.end);
      last.kind = stronger(last.kind, finding.kind);
    } else joined.push({ ...finding });
  }
  return joined;
}

/** The text with each finding replaced by the Japanese name of its kind. Requires findings of this text, as `find` returns them. */
export function maskFindings(text: string, findings: readonly Finding[]): string {
  let masked = '';
  let end = 0;
  for (const finding of findings) {
    masked += text.slice(end, finding.start) + marks[finding.kind];
    end = finding.end;
  }
  return masked + text.slice(end);
}
