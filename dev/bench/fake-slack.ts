/** A Slack that says ok to everything, at once or after a while, so that only the Worker is measured. */
import { createServer } from 'node:http';

export interface FakeSlack {
  /** As SLACK_API_URL takes it. */
  apiUrl: string;
  /** Calls that it got, by method. */
  calls: Map<string, number>;
  close(): void;
}

export interface FakeSlackOptions {
  /** How long each call takes. */
  delayMs?: number;
  /** Hears of each call when it came in whole; `path` is what follows the host. */
  onCall?: (path: string, body: string) => void;
}

export async function startFakeSlack({ delayMs = 0, onCall }: FakeSlackOptions = {}): Promise<FakeSlack> {
  const calls = new Map<string, number>();
  let last = 0;
  const server = createServer((request, answer) => {
    const path = request.url ?? '';
    const method = path.split('/').at(-1) ?? '';
    calls.set(method, (calls.get(method) ?? 0) + 1);
    last += 1;
    const said = JSON.stringify({
      ok: true,
      channel: 'C0TRIAGE',
      ts: `1790000000.${String(last).padStart(6, '0')}`,
      // What users.info says: a full member.
      user: { is_restricted: false, is_ultra_restricted: false, is_bot: false },
    });
    const say = () => {
      answer.setHeader('content-type', 'application/json');
      answer.end(said);
    };
    const parts: Buffer[] = [];
    if (onCall) request.on('data', (part: Buffer) => parts.push(part));
    else request.resume();
    request.on('end', () => {
      onCall?.(path, Buffer.concat(parts).toString('utf8'));
      if (delayMs === 0) say();
      else setTimeout(say, delayMs);
    });
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
