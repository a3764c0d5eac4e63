/** What the board in chat says at this moment: asked for when it is sent, so that nothing that happened before is missing. */
import { markdownSection } from '../../../slack/block-kit.ts';
import type { Message } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { cardText } from '../cards/text.ts';
import { isOutrankedByActual } from '../opening/blocks.ts';
import { boardMessage } from './blocks.ts';
import { loadBoard } from './data.ts';
import { boardToCompose } from './entries.ts';

/** @returns undefined for what is no board, or the board of a roll-call that is not there */
export async function composeBoard(scope: Scope, what: string): Promise<Message | undefined> {
  const id = boardToCompose(what);
  const board = id === undefined ? undefined : await loadBoard(scope.db, id);
  if (!board) return undefined;
  const { text, blocks = [] } = boardMessage(scope, board);
  // Its name stays first: nobody may take a drill for real.
  const [name, ...rest] = blocks;
  if (!name || !(await isOutrankedByActual(scope, board.rollCall))) return { text, blocks };
  return { text, blocks: [name, markdownSection(cardText.actualFirst), ...rest] };
}
