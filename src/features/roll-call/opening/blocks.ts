/** One roll-call as a modal, and as the first part of its page. */
import type { types } from '@slack/bolt';
import { contextLine, markdownSection, noticeSections, plain } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Scope } from '../../../slack/scope.ts';
import { answeringPart } from '../answering/parts.ts';
import { boardPart } from '../board/parts.ts';
import { centersOf, instructionsOf, listRunning, type RollCall } from '../data.ts';
import { endingPart } from '../ending/parts.ts';
import { lessonsPart } from '../lessons/parts.ts';
import type { Look, RollCallPart } from '../parts.ts';
import { priorityPart } from '../priority/parts.ts';
import { reportingPart } from '../reporting/parts.ts';
import { startingPart } from '../starting/parts.ts';
import { nameOf, rollCallText } from '../text.ts';
import { listShorts } from './data.ts';
import { openingText as text } from './text.ts';

/** In the order in which they stand. */
const PARTS: readonly RollCallPart[] = [
  startingPart,
  answeringPart,
  reportingPart,
  priorityPart,
  boardPart,
  lessonsPart,
  endingPart,
];

export const OPEN_VIEW = 'roll-call.view';
/** Slack's limit of a view. */
const MAX_BLOCKS = 100;

/**
 * Requires that the person may see the roll-call.
 * @param notices what was just done, said first
 * @param isNamed whether the name stands in it: not on the page, whose heading it is
 */
export async function rollCallModal(
  scope: Scope,
  look: Look,
  {
    notices = [],
    links = [],
    isNamed = true,
  }: { notices?: readonly string[]; links?: readonly types.Button[]; isNamed?: boolean } = {},
): Promise<ModalView> {
  const { rollCall } = look;
  const [facts, isOutranked, ...parts] = await Promise.all([
    factLines(scope, rollCall),
    isOutrankedByActual(scope, rollCall),
    ...PARTS.map(async (part) => part(look, scope)),
  ]);
  const blocks: types.KnownBlock[] = [
    ...noticeSections(notices),
    ...(isOutranked ? [markdownSection(`*${text.actualFirst}*`)] : []),
    markdownSection([...(isNamed ? [`*${escapeMrkdwn(nameOf(rollCall))}*`] : []), ...facts].join('\n')),
    ...(rollCall.note === null ? [] : [contextLine(rollCallText.noteOnPage)]),
    ...parts.flat(),
    ...(links.length > 0 ? [{ type: 'actions' as const, elements: [...links] }] : []),
  ];
  return {
    type: 'modal',
    callback_id: OPEN_VIEW,
    private_metadata: rollCall.id,
    title: plain(rollCallText.title),
    close: plain(rollCallText.close),
    blocks: blocks.slice(0, MAX_BLOCKS),
  };
}

/** Whether a real one runs beside this drill: people look after that one first. */
export async function isOutrankedByActual(
  { db }: Pick<Scope, 'db'>,
  { kind, status }: Pick<RollCall, 'kind' | 'status'>,
): Promise<boolean> {
  if (kind === 'actual' || status !== 'running') return false;
  return (await listRunning(db)).some((each) => each.kind === 'actual');
}

async function factLines({ db }: Scope, rollCall: RollCall): Promise<string[]> {
  const { status, startsAt, closedAt, closedBy } = rollCall;
  const codes = centersOf(rollCall);
  const asked = codes === null ? text.everybody : text.centers(await listShorts(db, codes));
  const ended = closedBy === null ? [] : [endedLine(closedBy)];
  return [
    text.status(status),
    startedLine(rollCall),
    ...(status === 'scheduled' ? [rollCallText.startsAt(startsAt), announcedLine(rollCall)] : []),
    ...(closedAt === null ? [] : [rollCallText.closedAt(closedAt)]),
    ...ended,
    escapeMrkdwn(asked),
    `*${text.asked}*`,
    rollCallText.instructions(instructionsOf(rollCall)),
  ];
}

function startedLine({ organiser, startedAt }: RollCall): string {
  return startedAt === null ? text.plannedBy(`<@${organiser}>`) : text.by(`<@${organiser}>`, startedAt);
}

function announcedLine({ isAnnounced }: RollCall): string {
  return isAnnounced ? text.announced : text.unannounced;
}

function endedLine(by: string): string {
  return by.startsWith('job:') ? text.endedByItself : text.endedBy(`<@${by}>`);
}
