/** What the operator reads of the keys. */
import { StartError } from '../local/start-error.ts';
import type { Deployment, KeyCount } from './counts.ts';

/**
 * One line a key.
 * @param configured the names in DATA_KEYS, in their order; undefined when they cannot be known
 */
export function statusLines(
  counts: readonly KeyCount[],
  configured: readonly string[] | undefined,
): string[] {
  const ids = [...new Set([...(configured ?? []), ...counts.map(({ id }) => id)])];
  if (ids.length === 0) return ['鍵はまだありません。'];
  const lines = ids.map((id) => {
    const count = counts.find((each) => each.id === id);
    const house = count?.house ? `（うち市全体の鍵${count.house}件）` : '';
    return `${id}  記録${count?.records ?? 0}件${house}  ${placeOf(id, configured, count !== undefined)}`;
  });
  return configured === undefined ? [...lines, UNKNOWN] : lines;
}

const UNKNOWN =
  '運用中の DATA_KEYS は、ここからは読めません。くらべるときは、控えを環境変数 DATA_KEYS に入れて、もう一度実行してください。';

function placeOf(id: string, configured: readonly string[] | undefined, isUsed: boolean): string {
  if (configured === undefined) return '';
  if (configured[0] === id) return 'DATA_KEYS の先頭にあり、新しい記録を守ります。';
  if (!configured.includes(id))
    return 'DATA_KEYS にありません。この鍵の記録は開けません。控えから戻してください。';
  return isUsed
    ? 'DATA_KEYS にあります。記録は毎分少しずつ、先頭の鍵に移ります。'
    : 'DATA_KEYS にあります。取り除けます（npm run keys -- retire）。';
}

/**
 * How a key may be taken out of DATA_KEYS.
 * @throws {StartError} with the reason when it may not be
 */
export function retireSentence(
  id: string,
  counts: readonly KeyCount[],
  configured: readonly string[] | undefined,
  deployment: Deployment,
): string {
  const records = counts.find((each) => each.id === id)?.records ?? 0;
  const isActive = configured?.[0] === id;
  if (records > 0) {
    const why = isActive
      ? '先に、新しい鍵を DATA_KEYS の先頭にしてください（npm run keys -- new）。'
      : 'DATA_KEYS の先頭が別の鍵なら、毎分200件ずつ移ります。0件になってから、もう一度お試しください。';
    throw new StartError(`鍵「${id}」は、まだ${records}件の記録を守っています。取り除けません。${why}`);
  }
  if (isActive)
    throw new StartError(
      `鍵「${id}」は DATA_KEYS の先頭にあり、新しい記録を守る鍵です。取り除けません。先に、新しい鍵を先頭にしてください。`,
    );
  if (configured && !configured.includes(id))
    return `鍵「${id}」で守られている記録はなく、DATA_KEYS にもありません。することはありません。`;
  return [
    `鍵「${id}」で守られている記録は0件です。DATA_KEYS から取り除けます。`,
    ...(configured ? [] : ['ただし、DATA_KEYS の先頭にある鍵は取り除けません。控えで確かめてください。']),
    deployment === 'remote'
      ? `npx wrangler secret put DATA_KEYS で、「${id}:…」を除いたものを入れます。`
      : `環境変数 DATA_KEYS（なければ ${deployment.state} の data-keys）から「${id}:…」を除いて、Workerを起動し直します。`,
    'この鍵の控えは、取り除く前のバックアップとD1のタイムトラベル（30日、無料プランは7日）が残るあいだ、捨てないでください。そこから戻した記録は、この鍵でしか開きません。',
  ].join('\n');
}
