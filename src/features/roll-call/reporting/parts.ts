/** In the view of a roll-call: what the own center reported last, who takes over for whom, and the buttons for both. */
import type { types } from '@slack/bolt';
import { button, markdownSection } from '../../../slack/block-kit.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { ACTIONS } from '../actions.ts';
import { centersOf } from '../data.ts';
import type { Look, RollCallPart } from '../parts.ts';
import { mayCommand, reporterFor } from '../rules.ts';
import {
  type LatestReport,
  latestReports,
  listOpenCenters,
  listTakeovers,
  type NamedTakeover,
} from './data.ts';
import { statusLines } from './lines.ts';
import { isAsked, isClosed, type ReportingCenter } from './rules.ts';
import { TAKEOVER_ACTIONS, writeTakeover } from './taking-over/notices.ts';
import { mayTakeOver } from './taking-over/rules.ts';
import { takeoverText } from './taking-over/text.ts';
import { reportingText as text } from './text.ts';

/** So many closed centers have buttons here; a view has 100 blocks for everything. */
const MOST_TAKEOVERS = 10;

export const reportingPart: RollCallPart = async (look, { db }) => {
  const { rollCall, actor, standIn } = look;
  if (rollCall.startedAt === null) return [];
  const [centers, reports, takeovers] = await Promise.all([
    listOpenCenters(db),
    latestReports(db, rollCall.id),
    listTakeovers(db, rollCall.id),
  ]);
  const asked = centersOf(rollCall);
  const reportable = centers.filter(
    (each) => isAsked(asked, each) && reporterFor(actor, standIn, each.code) !== undefined,
  );
  const own = reportable.find(({ code }) => code === actor.center.code);
  return [
    ...(own ? [ownReport(rollCall, own, reports)] : []),
    ...(rollCall.status === 'running' && reportable.length > 0
      ? [{ type: 'actions' as const, elements: [ACTIONS.centerReport.button(rollCall.id)] }]
      : []),
    ...takeoverBlocks(look, centers, reports, takeovers),
  ];
};

function ownReport(
  { status }: Look['rollCall'],
  { code, short }: ReportingCenter,
  reports: readonly LatestReport[],
): types.SectionBlock {
  const last = reports.find(({ center }) => center === code);
  const name = escapeMrkdwn(short);
  if (!last) return markdownSection(status === 'running' ? text.none(name) : text.noneAtEnd(name));
  return markdownSection(
    [text.latest(name, last.number, last.at, `<@${last.by}>`), ...statusLines(last)].join('\n'),
  );
}

/** Those that this person has to do with; all of them for whoever commands, those for whom nobody takes over included. */
function takeoverBlocks(
  { rollCall, actor, standIn }: Look,
  centers: readonly ReportingCenter[],
  reports: readonly LatestReport[],
  takeovers: readonly NamedTakeover[],
): types.KnownBlock[] {
  const commands = mayCommand(actor, standIn);
  const isRunning = rollCall.status === 'running';
  const open = takeovers.filter(({ endedAt }) => endedAt === null);
  const shown = open.filter(
    ({ center, substitute }) =>
      commands ||
      center === actor.center.code ||
      substitute === actor.center.code ||
      mayTakeOver(actor, standIn, substitute),
  );
  const without = reports.filter(
    (report) => isClosed(report) && !open.some(({ center }) => center === report.center),
  );
  const shorts = new Map(centers.map(({ code, short }) => [code, short]));
  return [
    ...shown.slice(0, MOST_TAKEOVERS).flatMap((each) => {
      const value = writeTakeover(rollCall.id, each.center);
      const canAccept = each.acceptedAt === null && mayTakeOver(actor, standIn, each.substitute);
      const buttons = [
        ...(canAccept ? [button(TAKEOVER_ACTIONS.accept, takeoverText.accept, value, 'primary')] : []),
        ...(commands ? [button(TAKEOVER_ACTIONS.choose, takeoverText.choose, value)] : []),
      ];
      return [markdownSection(escapeMrkdwn(takeoverLine(each))), ...actions(isRunning ? buttons : [])];
    }),
    ...(commands && isRunning ? without : [])
      .slice(0, MOST_TAKEOVERS)
      .flatMap(({ center }) => [
        markdownSection(escapeMrkdwn(takeoverText.lineOfNobody(shorts.get(center) ?? center))),
        ...actions([
          button(TAKEOVER_ACTIONS.choose, takeoverText.chooseFirst, writeTakeover(rollCall.id, center)),
        ]),
      ]),
  ];
}

/** `代替：ひがし → ちゅうおう（お願い中）` */
export function takeoverLine(each: NamedTakeover): string {
  return takeoverText.line(each.centerShort, each.substituteShort, takeoverState(each));
}

export function takeoverState({
  acceptedAt,
  endedAt,
}: Pick<NamedTakeover, 'acceptedAt' | 'endedAt'>): string {
  const { states } = takeoverText;
  if (endedAt !== null) return states.ended(endedAt);
  return acceptedAt === null ? states.proposed : states.accepted(acceptedAt);
}

function actions(elements: types.Button[]): types.KnownBlock[] {
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}
