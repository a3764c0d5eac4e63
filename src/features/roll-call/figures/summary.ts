/** What is said of a roll-call in chat when it is over: figures and controlled words. */
import { markdownSection } from '../../../slack/block-kit.ts';
import { linkButton } from '../../../slack/modal.ts';
import type { Message } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { reportPath } from '../paths.ts';
import { nameOf } from '../text.ts';
import type { Report } from './data.ts';
import { helpLine, reportedLine } from './facts.ts';
import { labelOfBefore, reachedCell } from './lines.ts';
import { REACHED_PERCENTS } from './rules.ts';
import { formatShare, reportText as text } from './text.ts';

/** Begins with 【訓練】 or 【安否確認】, as everything said of a roll-call does. */
export function reportTitle({ rollCall, course }: Pick<Report, 'rollCall' | 'course'>): string {
  const name = nameOf(rollCall);
  return course.closedAt === null ? text.runningTitle(name) : text.title(name);
}

/** The first line says which roll-call it is. */
export function summaryLines(report: Report): string[] {
  const { rollCall, figures, previous, course, help } = report;
  const { summary } = text;
  const isRunning = course.closedAt === null;
  const label = labelOfBefore(report);
  return [
    summary.title(nameOf(rollCall)),
    summary.answered(figures.answered, figures.roster, formatShare(figures.answered, figures.roster)),
    figures.within
      .flatMap(({ minutes, answered }) =>
        answered === null ? [] : [text.rateAt(minutes, formatShare(answered, figures.roster))],
      )
      .join('、'),
    REACHED_PERCENTS.map((percent) =>
      summary.reached(percent, reachedCell(figures, percent, isRunning)),
    ).join('、'),
    `${text.facts.help} ${helpLine(help)}`,
    `${text.facts.reports} ${reportedLine(report)}`,
    ...(previous && label !== null
      ? [
          summary.before(
            label,
            previous.rollCall.reference,
            formatShare(previous.comparison.before.answered, previous.comparison.before.roster),
          ),
        ]
      : []),
  ];
}

/** With a button that leads to the report. */
export function summaryMessage(scope: Pick<Scope, 'settings'>, report: Report): Message {
  const [title = '', ...rest] = summaryLines(report);
  return {
    text: title,
    blocks: [
      markdownSection([`*${title}*`, ...rest].join('\n')),
      {
        type: 'actions',
        elements: [linkButton(scope, reportPath(report.rollCall.reference), text.summary.open)],
      },
    ],
  };
}
