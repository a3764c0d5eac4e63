/** `npm run reset`: forgets the demo, so that the next `npm start` begins afresh. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { readPort } from './local/port.ts';
import { runCommand } from './local/start-error.ts';
import { ROOT } from './local/state.ts';
import { refuseUsedPort } from './local/worker-process.ts';

await runCommand(async () => {
  // Taking the database away from a running Worker would leave it with neither the old nor the new one.
  await refuseUsedPort(readPort('PORT', 8787));
  rmSync(path.join(ROOT, '.state', 'demo'), { recursive: true, force: true });
  console.log('デモを最初の状態に戻しました。npm start で、新しく始められます。');
});
