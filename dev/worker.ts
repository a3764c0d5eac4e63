/** `npm run worker`: the Worker alone, against the Slack API that the environment names. README lists the settings. */
import { readPort } from './local/port.ts';
import { runService } from './local/service.ts';
import { stateFolder } from './local/state.ts';
import { startWorker } from './local/worker-process.ts';

await runService(async (asked) => {
  const worker = await startWorker({
    port: readPort('PORT', 8787),
    state: stateFolder(),
    cityFile: process.env.CITY,
    environment: process.env,
    asked,
    onLog: (line) => console.log(line),
  });
  console.log(`kikan ready on ${worker.url}`);
  await worker.untilEnded();
});
process.exit();
