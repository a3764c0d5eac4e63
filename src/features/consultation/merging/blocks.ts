/** The forms of 統合 and つながり, and what the detail modal shows of both. */

import type { types } from '@slack/bolt';
import { contextLine, markdownSection, option } from '../../../slack/block-kit.ts';
import { input, select, textLine } from '../../../slack/inputs.ts';
import type { Consultation } from '../data.ts';
import { paragraph } from '../inputs.ts';
import { consultationText } from '../text.ts';
import { STATUSES } from '../words.ts';
import type { RelatedCase, Relations } from './data.ts';
import { mergingText as text } from './text.ts';

/** Slack's limit of choices in one menu. */
const MAX_OPTIONS = 100;

export function mergeInputs({ reference }: Consultation): types.KnownBlock[] {
  return [
    contextLine(text.merge.explains(reference)),
    input('into', text.merge.into, textLine({ placeholder: text.merge.into.placeholder }), true),
    input('reason', text.merge.reason, paragraph('')),
  ];
}

export function unmergeInputs({ reference, status, statusBeforeMerge }: Consultation): types.KnownBlock[] {
  return [
    contextLine(text.unmerge.explains(reference, STATUSES[statusBeforeMerge ?? status])),
    input('reason', text.unmerge.reason, paragraph('')),
  ];
}

/** @param links those that there are now */
export function linkInputs(links: readonly RelatedCase[]): types.KnownBlock[] {
  const { explains, reference, unlinked } = text.link;
  const options = links.slice(0, MAX_OPTIONS).map((each) => option(each.id, each.reference));
  return [
    contextLine(explains),
    ...(links.length > 0 ? [markdownSection(text.relations.links(listed(links)))] : []),
    input('reference', reference, textLine({ placeholder: reference.placeholder })),
    ...(options.length > 0
      ? [input('unlinked', unlinked, select(options, { placeholder: consultationText.selectPlaceholder }))]
      : []),
  ];
}

/** For the detail modal; nothing where the case stands alone. */
export function relationBlocks({ mergedInto, mergedHere, links }: Relations): types.KnownBlock[] {
  const words = text.relations;
  const lines = [
    ...(mergedInto === null
      ? []
      : [mergedInto.reference === null ? words.intoHidden : words.into(mergedInto.reference)]),
    ...(mergedHere.length > 0 ? [words.mergedHere(listed(mergedHere))] : []),
    ...(links.length > 0 ? [words.links(listed(links))] : []),
  ];
  return lines.length > 0 ? [markdownSection(lines.join('\n'))] : [];
}

function listed(cases: readonly RelatedCase[]): string {
  const shown = cases.slice(0, MAX_OPTIONS).map(({ reference }) => reference);
  return shown.join('、');
}
