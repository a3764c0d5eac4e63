/** A text cut where something was found in it. Pure. */
import type { Finding } from '../../../vault/personal-data/finding.ts';

/** Letters of the text shown around a finding: long answers are not repeated whole. */
const AROUND = 40;

export interface Span {
  isFound: boolean;
  words: string;
}

/** In order; what lies far from any finding is left out. @param findings in order, without overlaps */
export function maskSpans(text: string, findings: readonly Finding[]): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const finding of findings) {
    spans.push({ isFound: false, words: shortened(text.slice(end, finding.start), spans.length > 0, true) });
    spans.push({ isFound: true, words: text.slice(finding.start, finding.end) });
    end = finding.end;
  }
  spans.push({ isFound: false, words: shortened(text.slice(end), spans.length > 0, false) });
  return spans.filter(({ words }) => words !== '');
}

/** @param follows something found; @param leads to something found */
function shortened(words: string, follows: boolean, leads: boolean): string {
  const room = (follows ? AROUND : 0) + (leads ? AROUND : 0);
  if (words.length <= room || room === 0) return words;
  const head = follows ? words.slice(0, AROUND) : '';
  const tail = leads ? words.slice(-AROUND) : '';
  return `${head}…${tail}`;
}
