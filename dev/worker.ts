/** `npm run worker`: the Worker alone, against the Slack API that the environment names. README lists the settings. */
import { readPort } from './local/port.ts';
import { runCommand } from './local/start-error.ts';
import { stateFolder } from './local/state.ts';
import { startWorker } from './local/worker-process.ts';

await runCommand(async () => {
  const worker = await startWorker({
    port: readPort(process.env.PORT, 8787),
    state: stateFolder(),
    cityFile: process.env.CITY,
    environment: process.env,
    onLog: (line) => console.log(line),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void worker.stop());
  console.log(`kikan ready on ${worker.url}`);
  await worker.ended;
});
process.exit();
