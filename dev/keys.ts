/** `npm run keys -- new [ID] | status [--remote] | retire ID [--remote]`: the keys of DATA_KEYS, by their names only. */
import { countByKey, type Deployment } from './keys/counts.ts';
import { dataKeyIds, isKeyId } from './keys/ids.ts';
import { retireSentence, statusLines } from './keys/report.ts';
import { localDataKeysIfAny, newDataKey } from './local/data-keys.ts';
import { runCommand, StartError } from './local/start-error.ts';
import { stateFolder } from './local/state.ts';

const USAGE = `使い方: npm run keys -- new [鍵の名前]
        npm run keys -- status [--remote]
        npm run keys -- retire 鍵の名前 [--remote]
--remote を付けないときは、このパソコンの市（KIKAN_STATE）について答えます。`;

const NEW_KEY = `1. 下の鍵の控えを、ほかの人の手の届かない所に残します。なくすと記録を開けません。
2. DATA_KEYS の末尾に、コンマで区切って足します（はじめての鍵なら、これだけです）。
3. 数分待って、この鍵を DATA_KEYS の先頭に移します。古い鍵で守られている記録が、毎分少しずつ新しい鍵に移ります。
4. npm run keys -- status で古い鍵が0件になったら、npm run keys -- retire 古い鍵の名前`;

await runCommand(async () => {
  const words = process.argv.slice(2);
  const [action, id, ...more] = words.filter((word) => word !== '--remote');
  const deploymentAsked = (): Deployment =>
    words.includes('--remote') ? 'remote' : { state: stateFolder() };
  if (more.length > 0) throw new StartError(USAGE);
  switch (action) {
    case 'new':
      return printNewKey(id ?? `k${new Date().toISOString().slice(0, 10).replaceAll('-', '')}`);
    case 'status': {
      if (id !== undefined) throw new StartError(USAGE);
      const deployment = deploymentAsked();
      return console.log(statusLines(countByKey(deployment), configuredIds(deployment)).join('\n'));
    }
    case 'retire': {
      if (id === undefined) throw new StartError(USAGE);
      const deployment = deploymentAsked();
      const counts = countByKey(deployment);
      return console.log(retireSentence(checkedId(id), counts, configuredIds(deployment), deployment));
    }
    default:
      throw new StartError(USAGE);
  }
});
process.exit();

function printNewKey(id: string): void {
  checkedId(id);
  if (configuredIds('remote')?.includes(id))
    throw new StartError(
      `DATA_KEYS に「${id}」がもうあります。別の名前を付けてください: npm run keys -- new 鍵の名前`,
    );
  console.log(NEW_KEY);
  console.log(newDataKey(id));
}

function checkedId(id: string): string {
  if (!isKeyId(id))
    throw new StartError('鍵の名前は、半角の英小文字・数字・ハイフン・下線で32文字までです。');
  return id;
}

/** The ids in DATA_KEYS, in their order; undefined when they cannot be known: a deployment does not give its secrets back. */
function configuredIds(deployment: Deployment): string[] | undefined {
  const set = process.env.DATA_KEYS;
  if (set !== undefined && set !== '') return dataKeyIds(set);
  if (deployment === 'remote') return undefined;
  const kept = localDataKeysIfAny(deployment.state);
  return kept === undefined ? [] : dataKeyIds(kept);
}
