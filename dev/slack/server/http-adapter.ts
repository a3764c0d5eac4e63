/** Serves a fetch-style handler on node:http: requests in, responses (streams too) out, dropped connections as such. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ConnectionDropped } from '../faults.ts';

/** No request of the app or the page is larger. */
const MAX_BODY_BYTES = 5_000_000;

/** A server for this handler; not listening yet. The request's signal aborts when the caller goes away. */
export function serveFetch(handler: (request: Request) => Promise<Response> | Response): Server {
  return createServer((incoming, outgoing) => {
    answer(incoming, outgoing, handler).catch((error: unknown) => {
      if (!(error instanceof ConnectionDropped)) console.error('local Slack:', error);
      outgoing.destroy();
    });
  });
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handler: (request: Request) => Promise<Response> | Response,
): Promise<void> {
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  const response = await handler(await toRequest(incoming, gone.signal));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body) await pour(response.body, outgoing, gone.signal);
  outgoing.end();
}

async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new ConnectionDropped('request body too large');
    chunks.push(bytes);
  }
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? '127.0.0.1'}`);
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(url, { method, headers, signal, body: hasBody ? Buffer.concat(chunks) : null });
}

async function pour(
  body: ReadableStream<Uint8Array>,
  outgoing: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  const reader = body.getReader();
  gone.addEventListener('abort', () => void reader.cancel());
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    outgoing.write(value);
  }
}
