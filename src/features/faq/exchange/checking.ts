/** What looks like personal data in a file, before it is taken over: counted and named by kind, never shown again. */
import { loadDetector } from '../../../vault/personal-data/detector.ts';
import type { FindingKind } from '../../../vault/personal-data/finding.ts';
import type { Planned, Step } from './rules.ts';

/** Looking through so many letters takes below a second; a request may not take much longer. */
const CHECKED_LETTERS = 100_000;

export interface Checked {
  /** Entries that were looked through, and those that are new or changed. */
  checked: number;
  all: number;
  found: readonly { question: string; kinds: readonly FindingKind[] }[];
  findings: number;
}

/** Looks through what is new or changed, from the beginning. @param colleagues names of staff, which are no findings */
export async function checkSteps(steps: readonly Step[], colleagues: readonly string[]): Promise<Checked> {
  const texts = steps.flatMap((step) => ('planned' in step ? [step.planned] : []));
  const detector = await loadDetector();
  const found: { question: string; kinds: readonly FindingKind[] }[] = [];
  let [checked, letters, findings] = [0, 0, 0];
  for (const { content } of texts) {
    const text = textOf(content);
    letters += text.length;
    if (checked > 0 && letters > CHECKED_LETTERS) break;
    checked += 1;
    const places = detector.find(text, { colleagues });
    findings += places.length;
    if (places.length > 0)
      found.push({ question: content.question, kinds: [...new Set(places.map(({ kind }) => kind))] });
  }
  return { checked, all: texts.length, found, findings };
}

function textOf({ question, aliases, answer, links }: Planned['content']): string {
  return [question, ...aliases, answer, ...links.map(({ label }) => label)].join('\n');
}
