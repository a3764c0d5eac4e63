/** A command that runs until it is asked to end: Ctrl-C, a closed terminal, or a signal to it alone. */
import { runCommand } from './start-error.ts';

/** Runs `main`; `asked` aborts at the first such signal. What fails because it was asked to end is no fault. */
export async function runService(main: (asked: AbortSignal) => Promise<void>): Promise<void> {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.abort());
  // While its database is open, Miniflare ends the process by itself, with the signal's number.
  process.on('exit', () => {
    if (ending.signal.aborted) process.exitCode = 0;
  });
  await runCommand(async () => {
    try {
      await main(ending.signal);
    } catch (error) {
      if (!ending.signal.aborted) throw error;
    }
  });
}
