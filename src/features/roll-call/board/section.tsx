/** The board on the page of a roll-call: tiles, the same as a table, and who is silent, for those who may know. It keeps itself up to date. */
import type { Child } from 'hono/jsx';
import type { Scope } from '../../../slack/scope.ts';
import { allowScript, liveScriptPath } from '../../../web/live.ts';
import type { Look, PageSection } from '../parts.ts';
import { rollCallPath } from '../paths.ts';
import { maySeePeopleOf } from '../rules.ts';
import { nameOf } from '../text.ts';
import { LIFELINES } from '../words.ts';
import { type Board, listSilent, loadBoard, type SilentCenter, type Tile } from './data.ts';
import {
  cellOf,
  damagesOf,
  isInTrouble,
  needsOf,
  outOf,
  safetyLine,
  serviceOf,
  stateLine,
  takeoverOf,
  tileFacts,
  totalLine,
  troubleLine,
} from './lines.ts';
import { boardPath } from './paths.ts';
import { boardText as text } from './text.ts';

/** What the script says, by the names that it knows. */
const { live, stopped, lost, signedOut, ended, stop, resume } = text;
const WORDS = JSON.stringify({ live, stopped, lost, signedOut, ended, stop, resume });

/** A board, and the silent people whom one person may know of. */
export interface BoardView {
  board: Board;
  silent: readonly SilentCenter[];
  /** How many more are silent elsewhere. */
  elsewhere: number;
}

/** Requires that the person may see the roll-call. Undefined before it began. */
export async function viewBoard(
  { db }: Pick<Scope, 'db'>,
  { rollCall, actor }: Look,
): Promise<BoardView | undefined> {
  if (rollCall.startedAt === null) return undefined;
  const { code, kind } = actor.center;
  const [board, silent] = await Promise.all([
    loadBoard(db, rollCall.id),
    listSilent(db, rollCall.id, kind === 'district' ? code : undefined),
  ]);
  if (!board) return undefined;
  const elsewhere = board.tiles
    .filter(({ center }) => !maySeePeopleOf(actor, center))
    .reduce((sum, { roster, answered }) => sum + roster - answered, 0);
  return { board, silent, elsewhere };
}

export const boardSection: PageSection = async (c, look) => {
  const view = await viewBoard(c.get('scope'), look);
  if (!view) return null;
  const { reference, status } = view.board.rollCall;
  const isRunning = status === 'running';
  if (isRunning) allowScript(c);
  return (
    <section {...(isRunning ? { 'data-live': boardPath(reference), 'data-words': WORDS } : {})}>
      <h2>{text.heading}</h2>
      <p data-live-line="state">{stateLine(view.board.rollCall, look.now)}</p>
      <p class="board-total" data-live-line="total" aria-live="polite">
        {totalLine(view.board)}
      </p>
      {isRunning ? (
        <>
          <p class="quiet no-print" data-live-state=""></p>
          <ul class="buttons no-print">
            <li>
              <button class="button" type="button" data-live-toggle="" hidden>
                {text.stop}
              </button>
            </li>
            <li>
              <a class="button plain" href={rollCallPath(reference)}>
                {text.refresh}
              </a>
            </li>
          </ul>
        </>
      ) : null}
      <div data-live-body="">
        <BoardBody view={view} />
      </div>
      {isRunning ? <script src={await liveScriptPath()} defer></script> : null}
    </section>
  );
};

/** What the script asks for: the lines and the body anew. */
export function BoardPiece({ view, now }: { view: BoardView; now: Date }) {
  const { rollCall } = view.board;
  return (
    <div data-live-next={rollCall.status === 'running' ? 'more' : 'over'}>
      <p data-live-line="state">{stateLine(rollCall, now)}</p>
      <p data-live-line="total">{totalLine(view.board)}</p>
      <div data-live-body="">
        <BoardBody view={view} />
      </div>
    </div>
  );
}

function BoardBody({ view: { board, silent, elsewhere } }: { view: BoardView }) {
  const { help } = board.totals;
  const trouble = troubleLine(board);
  return (
    <>
      {help > 0 ? (
        <p class="notice error">
          <strong>{text.helpOpen(help)}</strong>
        </p>
      ) : null}
      {trouble === undefined ? null : <p class="notice warning">{trouble}</p>}
      <p>{safetyLine(board)}</p>
      <h3>{text.tiles}</h3>
      <ul class="tiles">
        {board.tiles.map((tile) => (
          <BoardTile tile={tile} />
        ))}
      </ul>
      <details id="board-table">
        <summary id="board-table-summary">{text.table}</summary>
        <BoardTable board={board} />
      </details>
      <h3>{text.silentHeading}</h3>
      <Silent silent={silent} elsewhere={elsewhere} />
    </>
  );
}

function BoardTile({ tile }: { tile: Tile }) {
  return (
    <li {...(isInTrouble(tile) ? { class: 'troubled' } : {})}>
      <p class="name">{tile.short}</p>
      <p class="figure">
        {tile.answered}/{tile.roster}
      </p>
      <p class="words">{tileFacts(tile).join('　')}</p>
    </li>
  );
}

function BoardTable({ board }: { board: Board }) {
  const { columns } = text;
  return (
    <section class="scroll" tabindex={0} aria-label={text.tiles}>
      <table>
        <caption>{text.caption(nameOf(board.rollCall))}</caption>
        <thead>
          <tr>
            {Object.values(columns).map((column) => (
              <th scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {board.tiles.map((tile) => (
            <tr>
              <th scope="row">{tile.short}</th>
              <td>
                {tile.answered}/{tile.roster}
              </td>
              <td>{tile.help > 0 ? text.help(tile.help) : text.none}</td>
              <td>{tile.coming}</td>
              <td>{serviceOf(tile)}</td>
              <td>{cellOf(damagesOf(tile), [tile.report?.damage, tile.report?.building])}</td>
              <td>
                {cellOf(
                  outOf(tile),
                  LIFELINES.map((each) => tile.report?.[each]),
                )}
              </td>
              <td>
                {cellOf(needsOf(tile), [
                  tile.report?.needsPeople,
                  tile.report?.needsGoods,
                  tile.report?.needsVehicles,
                ])}
              </td>
              <td>{tile.checks ? `${tile.checks.done}/${tile.checks.total}` : text.notKept}</td>
              <td>{takeoverOf(tile) ?? text.none}</td>
              <td>{tile.report ? text.number(tile.report.number) : text.notReported}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Silent({ silent, elsewhere }: Pick<BoardView, 'silent' | 'elsewhere'>): Child {
  if (silent.length === 0 && elsewhere === 0) return <p>{text.allAnswered}</p>;
  return (
    <>
      {silent.length === 0 ? null : (
        <dl class="silent">
          {silent.map(({ short, names }) => (
            <div>
              <dt>{text.silentOf(short, names.length)}</dt>
              <dd>{names.join('、')}</dd>
            </div>
          ))}
        </dl>
      )}
      {elsewhere > 0 ? <p class="quiet">{text.silentElsewhere(elsewhere)}</p> : null}
    </>
  );
}
