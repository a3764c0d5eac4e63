/** The board in the modal of a roll-call: how far all are, or one's own center, and the way to those who have not answered. */
import { markdownSection } from '../../../slack/block-kit.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Scope } from '../../../slack/scope.ts';
import { ACTIONS } from '../actions.ts';
import type { Look, RollCallPart } from '../parts.ts';
import { summaryLines } from './blocks.ts';
import { type Figures, loadBoard, loadFiguresOf } from './data.ts';
import { totalLine } from './lines.ts';

export const boardPart: RollCallPart = async (look, scope) => {
  const { rollCall } = look;
  if (rollCall.startedAt === null) return [];
  const found = await figuresFor(look, scope);
  if (!found) return [];
  const { answered, roster, help } = found.figures;
  const buttons = [
    ...(answered < roster ? [ACTIONS.silent.button(rollCall.id)] : []),
    ...(help > 0 ? [ACTIONS.help.button(rollCall.id)] : []),
  ];
  // On its page the board itself stands below, and goes on by itself.
  const isOnPage = scope.origin.surface === 'web' && scope.page === undefined;
  return [
    ...(isOnPage ? [] : [markdownSection(found.lines.join('\n'))]),
    ...(buttons.length > 0 && rollCall.status === 'running'
      ? [{ type: 'actions' as const, elements: buttons }]
      : []),
  ];
};

/** Of all for the core center and the city; for others of their own center, which costs little however many look at once. */
async function figuresFor(
  { rollCall, actor }: Look,
  { db }: Scope,
): Promise<{ figures: Figures; lines: readonly string[] } | undefined> {
  const { kind, code } = actor.center;
  if (kind === 'district') {
    const figures = await loadFiguresOf(db, rollCall.id, code);
    return (
      figures && { figures, lines: [`*${escapeMrkdwn(figures.short)}*　${totalLine({ totals: figures })}`] }
    );
  }
  const board = await loadBoard(db, rollCall.id);
  return board && { figures: board.totals, lines: summaryLines(board) };
}
