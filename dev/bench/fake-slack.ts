/** A Slack that says ok to everything at once, so that nobody waits for it. */
import { createServer } from 'node:http';

export interface FakeSlack {
  /** As SLACK_API_URL takes it. */
  apiUrl: string;
  /** Calls that it got, by method. */
  calls: Map<string, number>;
  close(): void;
}

export async function startFakeSlack(): Promise<FakeSlack> {
  const calls = new Map<string, number>();
  let last = 0;
  const server = createServer((request, answer) => {
    const method = request.url?.split('/').at(-1) ?? '';
    calls.set(method, (calls.get(method) ?? 0) + 1);
    last += 1;
    request.resume();
    answer.setHeader('content-type', 'application/json');
    answer.end(
      JSON.stringify({ ok: true, channel: 'C0TRIAGE', ts: `1790000000.${String(last).padStart(6, '0')}` }),
    );
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address) resolve(address.port);
      else reject(new Error('no port'));
    });
  });
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    calls,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
