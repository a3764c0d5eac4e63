/** The form of a closing, and what the detail modal shows of one. */
import type { types } from '@slack/bolt';
import { formatInstant } from '../../../lib/jst.ts';
import { contextLine, markdownSection, option, plainSections } from '../../../slack/block-kit.ts';
import { input, multiSelect, radio } from '../../../slack/inputs.ts';
import type { Consultation, LoadedConsultation } from '../data.ts';
import { paragraph } from '../inputs.ts';
import { isIncident, needsManagerToClose } from '../rules.ts';
import { codesOf, ISSUE_TAGS, OUTCOMES, RATINGS } from '../words.ts';
import type { ClosingReport, OpenedClosing } from './data.ts';
import { closesAt } from './rules.ts';
import { FAQ_CHECKED } from './schema.ts';
import { closingText as text } from './text.ts';

/** @param earlier what was written for an earlier proposal */
export function closingInputs(
  { consultation: of, cityTime }: LoadedConsultation,
  earlier: ClosingReport | undefined,
  now: Date,
): types.KnownBlock[] {
  const outcomes = codesOf(OUTCOMES);
  return [
    contextLine(
      needsManagerToClose(of)
        ? text.closesWithManager
        : text.closesByItself(formatInstant(closesAt(cityTime, now))),
    ),
    input('outcome', text.outcome, radio(outcomes.map((code) => option(code, OUTCOMES[code]))), true),
    ...(isIncident(of)
      ? [
          input('measures', text.measures, paragraph(earlier?.measures ?? ''), true),
          input('prevention', text.prevention, paragraph(earlier?.prevention ?? ''), true),
        ]
      : []),
    input('lessons', text.lessons, paragraph(earlier?.lessons ?? '')),
    input(
      'issueTags',
      text.issueTags,
      multiSelect(
        codesOf(ISSUE_TAGS).map((code) => option(code, ISSUE_TAGS[code])),
        { placeholder: text.issueTags.placeholder, chosen: of.issueTags },
      ),
    ),
    input('faq', text.faq, faqBox(of.wantsFaqDraft)),
  ];
}

function faqBox(isChecked: boolean): types.Checkboxes {
  const box = option(FAQ_CHECKED, text.faqOption, text.faqHint);
  return {
    type: 'checkboxes',
    action_id: 'input',
    options: [box],
    ...(isChecked ? { initial_options: [box] } : {}),
  };
}

/** What the detail modal shows of a closing that was proposed, and of the rating; nothing before. */
export function closingBlocks(of: Consultation, { report, rating }: OpenedClosing): types.KnownBlock[] {
  if (!report && !rating) return [];
  const words = text.sections;
  const tags = of.issueTags.map((code) => ISSUE_TAGS[code]).join('、');
  const lines = [
    ...(of.outcome ? [words.outcome(OUTCOMES[of.outcome])] : []),
    ...(tags ? [words.issueTags(tags)] : []),
    ...(of.wantsFaqDraft ? [words.faq] : []),
    ...(rating ? [words.rating(RATINGS[rating.value], formatInstant(rating.ratedAt))] : []),
    ...(rating?.comment ? [rating.comment] : []),
  ];
  const written = [
    [words.measures, report?.measures],
    [words.prevention, report?.prevention],
    [words.lessons, report?.lessons],
  ] as const;
  return [
    { type: 'divider' },
    markdownSection(`*${words.title}*`),
    ...(lines.length > 0 ? plainSections(lines.join('\n')) : []),
    ...written.flatMap(([heading, body]) =>
      body ? [markdownSection(`*${heading}*`), ...plainSections(body)] : [],
    ),
  ];
}
