/** The board in chat: one card that all read, danger first, all centers at a glance. */
import type { types } from '@slack/bolt';
import { contextLine, markdownSection } from '../../../slack/block-kit.ts';
import { linkButton } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Message } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { ACTIONS } from '../actions.ts';
import { reportPath } from '../paths.ts';
import { nameOf } from '../text.ts';
import type { Board, Tile } from './data.ts';
import { safetyLine, stateLine, tileFacts, totalLine, troubleLine } from './lines.ts';
import { boardText as text } from './text.ts';

/** A section takes 3,000 characters; all of a message together some 13,200: the rest is for figures and buttons. */
const MAX_SECTION = 2_900;
const MAX_TILES = 11_000;

/** Names of centers come from the city file, hence escaped. While it runs with buttons to answer; afterwards with the way to the report. */
export function boardMessage(scope: Pick<Scope, 'settings' | 'now'>, board: Board): Message {
  const { rollCall } = board;
  const state = stateLine(rollCall, scope.now);
  const summary = `${nameOf(rollCall)}　${state}`;
  return {
    text: `${summary}　${totalLine(board)}`,
    blocks: [
      markdownSection(`*${escapeMrkdwn(summary)}*`),
      markdownSection(summaryLines(board).join('\n')),
      ...tileSections(board.tiles),
      contextLine(text.legend),
      ...actionsOf(buttonsOf(scope, board)),
    ],
  };
}

/** Requires at least one line. */
export function summaryLines(board: Board): string[] {
  const { help } = board.totals;
  const trouble = troubleLine(board);
  return [
    ...(help > 0 ? [`:warning: *${text.helpOpen(help)}*`] : []),
    `*${totalLine(board)}*`,
    safetyLine(board),
    ...(trouble === undefined ? [] : [`:warning: ${trouble}`]),
  ];
}

function tileSections(tiles: readonly Tile[]): types.SectionBlock[] {
  const lines: string[] = [];
  let length = 0;
  for (const tile of tiles) {
    const line = tileLine(tile);
    if (length + line.length + 1 > MAX_TILES) break;
    lines.push(line);
    length += line.length + 1;
  }
  const left = tiles.length - lines.length;
  return inSections([...lines, ...(left > 0 ? [text.moreTiles(left)] : [])]);
}

function tileLine(tile: Tile): string {
  const { short, answered, roster } = tile;
  return escapeMrkdwn(`${short} ${answered}/${roster} ${tileFacts(tile).join(' ')}`);
}

function inSections(lines: readonly string[]): types.SectionBlock[] {
  const pieces: string[] = [];
  for (const line of lines) {
    const last = pieces.at(-1);
    if (last === undefined || last.length + line.length + 1 > MAX_SECTION) pieces.push(line);
    else pieces[pieces.length - 1] = `${last}\n${line}`;
  }
  return pieces.map(markdownSection);
}

function actionsOf(elements: types.Button[]): types.ActionsBlock[] {
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

function buttonsOf(scope: Pick<Scope, 'settings'>, { rollCall, totals }: Board): types.Button[] {
  const { id, status, reference } = rollCall;
  if (status !== 'running')
    return scope.settings.SLACK_CLIENT_ID === undefined
      ? []
      : [linkButton(scope, reportPath(reference), text.report)];
  return [
    ACTIONS.safe.button(id),
    ACTIONS.reply.button(id),
    ACTIONS.centerReport.button(id),
    ACTIONS.open.button(id),
    ...(totals.answered < totals.roster ? [ACTIONS.silent.button(id)] : []),
    ...(totals.help > 0 ? [ACTIONS.help.button(id)] : []),
  ];
}
