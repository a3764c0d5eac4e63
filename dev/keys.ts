/** `npm run keys -- new [id]`: prints a new data key for DATA_KEYS, alone on the last line. */
import { newDataKey } from './local/data-keys.ts';
import { runCommand, StartError } from './local/start-error.ts';

await runCommand(async () => {
  const [action, id = `k${new Date().toISOString().slice(0, 10).replaceAll('-', '')}`] =
    process.argv.slice(2);
  if (action !== 'new') throw new StartError('使い方: npm run keys -- new [鍵の名前]');
  if (!/^[a-z0-9_-]{1,32}$/.test(id))
    throw new StartError('鍵の名前は、半角の英小文字・数字・ハイフン・下線で32文字までです。');
  console.log(
    'DATA_KEYS の先頭に足してください（前からある鍵も、コンマで区切って残します）。この鍵は、なくすと記録を開けません。',
  );
  console.log(newDataKey(id));
});
