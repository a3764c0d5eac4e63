/** What a report says before its tables. Pure. */
import { formatInstant, formatLongDate, japanDate } from '../../../lib/jst.ts';
import { nameOf } from '../text.ts';
import { KIND_WORDS, SCENARIO_WORDS } from '../words.ts';
import { showCell } from './cells.ts';
import type { Report } from './data.ts';
import { formatLength, reportText as text } from './text.ts';

export function factsOf(report: Report): (readonly [label: string, content: string])[] {
  const { rollCall, course, figures, turnover, help } = report;
  const { facts } = text;
  const { closedAt, startedAt, now } = course;
  return [
    [facts.kind, KIND_WORDS[rollCall.kind]],
    [facts.scenario, SCENARIO_WORDS[rollCall.scenario]],
    [facts.started, momentOf(startedAt)],
    closedAt ? [facts.ended, momentOf(closedAt)] : [facts.asOf, momentOf(now)],
    [
      closedAt ? facts.length : facts.lengthSoFar,
      formatLength((closedAt ?? now).getTime() - startedAt.getTime()),
    ],
    [facts.roster, text.people(figures.roster)],
    [facts.answered, showCell({ count: figures.answered, of: figures.roster })],
    [facts.turnover, facts.turnoverOf(turnover.joined, turnover.left)],
    [facts.help, helpLine(help)],
    [facts.reports, reportedLine(report)],
    ...slackLines(report),
    ...beforeLines(report),
  ];
}

/** With the year: a report is printed and kept. */
function momentOf(at: Date): string {
  return text.moment(formatLongDate(japanDate(at)), formatInstant(at));
}

/** How many asked for help, and how long it took to clear it. */
export function helpLine({ asked, cleared, medianMs, longestMs }: Report['help']): string {
  const { facts } = text;
  if (asked === 0) return facts.noHelp;
  const times =
    medianMs === null || longestMs === null
      ? ''
      : facts.helpTimes(formatLength(medianMs), formatLength(longestMs));
  return facts.helpOf(asked, cleared) + times;
}

/** How many of the centers that are asked gave a report. */
export function reportedLine({ centers }: Report): string {
  const asked = centers.filter(({ figures }) => figures !== null);
  return text.facts.reportsOf(asked.filter(({ reportedMs }) => reportedMs !== null).length, asked.length);
}

function slackLines({ rollCall }: Report): (readonly [string, string])[] {
  const { slackDownAt, slackBackAt, mailedAt } = rollCall;
  if (!slackDownAt) return [];
  const { facts } = text;
  return [[facts.slack, facts.slackOf(slackDownAt, slackBackAt) + (mailedAt ? facts.mailed(mailedAt) : '')]];
}

function beforeLines(report: Report): (readonly [string, string])[] {
  const { facts } = text;
  const { previous } = report;
  if (!previous) return [[facts.before, facts.noBefore]];
  const { rollCall, comparison } = previous;
  return [
    [
      facts.before,
      facts.beforeOf(nameOf(rollCall), text.years(rollCall.yearsBefore), momentOf(rollCall.startedAt)),
    ],
    [facts.change, facts.changeOf(comparison.same.now.roster, comparison.joined, comparison.left)],
  ];
}
