/**
 * Sends prepared requests over kept-alive connections and waits for each answer. Plain sockets instead of an HTTP client:
 * on two cores a client that parses and allocates would slow the faster Worker down and flatter the ratio.
 */
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** As many as platform.md's earlier measurements. */
const CONNECTIONS = 16;
const ANSWER_WITHIN_MS = 15_000;
const HEAD_END = Buffer.from('\r\n\r\n');

export interface Answer {
  status: number;
  body: string;
}

/** Sends one request. */
export async function sendOne(url: URL, request: Buffer): Promise<Answer> {
  const connection = await Connection.open(url);
  try {
    return await connection.exchange(request);
  } finally {
    connection.close();
  }
}

/**
 * Sends every request once, 16 at a time; answers the seconds that it took.
 * @throws when an answer differs from `expected`: what was not done must not be counted
 */
export async function sendAll(url: URL, requests: readonly Buffer[], expected: Answer): Promise<number> {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => Connection.open(url)));
  let next = 0;
  const begun = performance.now();
  try {
    await Promise.all(
      connections.map(async (connection) => {
        for (let request = requests[next++]; request; request = requests[next++])
          refuseOther(await connection.exchange(request), expected);
      }),
    );
    return (performance.now() - begun) / 1000;
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** One request with the moment at which it is to be sent, in milliseconds from the start. */
export interface Planned {
  request: Buffer;
  atMs: number;
}

export interface Timed {
  /** Undefined when none came. */
  answer: Answer | undefined;
  /** `performance.now()` of when the request was due, and how long its answer took from then on: waiting for us counts, too. */
  dueAt: number;
  tookMs: number;
}

/** Sends each request at its moment, however long the ones before it take; answers in their order. Requires them sorted by their moments. */
export async function sendPaced(url: URL, planned: readonly Planned[]): Promise<Timed[]> {
  const idle: Connection[] = [];
  const opened: Connection[] = [];
  const begun = performance.now();
  const sent: Promise<Timed>[] = [];
  try {
    for (const { request, atMs } of planned) {
      const dueAt = begun + atMs;
      const early = dueAt - performance.now();
      if (early > 0) await sleep(early);
      sent.push(sendTimed(request, dueAt));
    }
    return await Promise.all(sent);
  } finally {
    for (const connection of opened) connection.close();
  }

  /** One that was idle for long may have been closed. */
  function takeIdle(): Connection | undefined {
    for (let connection = idle.pop(); connection; connection = idle.pop())
      if (connection.isOpen) return connection;
    return undefined;
  }

  async function open(): Promise<Connection> {
    const connection = await Connection.open(url);
    opened.push(connection);
    return connection;
  }

  async function sendTimed(request: Buffer, dueAt: number): Promise<Timed> {
    let answer: Answer | undefined;
    try {
      const connection = takeIdle() ?? (await open());
      answer = await connection.exchange(request);
      idle.push(connection);
    } catch (error) {
      console.error(`no answer: ${error instanceof Error ? error.message : 'unknown'}`);
    }
    return { answer, dueAt, tookMs: performance.now() - dueAt };
  }
}

function refuseOther(answer: Answer, expected: Answer): void {
  if (answer.status !== expected.status || answer.body !== expected.body)
    throw new Error(`answered ${answer.status} ${answer.body.slice(0, 200)} instead of ${expected.status}`);
}

class Connection {
  readonly #socket: net.Socket;
  #received: Buffer = Buffer.alloc(0);
  #waiting: PromiseWithResolvers<Answer> | undefined;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy(new Error('the Worker does not answer')));
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('the Worker closed the connection')));
  }

  static open(url: URL): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(Number(url.port), url.hostname);
      socket.once('error', reject);
      socket.once('connect', () => resolve(new Connection(socket)));
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === 'open';
  }

  exchange(request: Buffer): Promise<Answer> {
    this.#waiting = Promise.withResolvers();
    this.#socket.write(request);
    return this.#waiting.promise;
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const headLength = this.#received.indexOf(HEAD_END);
    if (headLength < 0) return;
    const head = this.#received.toString('latin1', 0, headLength);
    const bodyLength = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
    if (Number.isNaN(bodyLength)) {
      this.#waiting?.reject(new Error(`an answer without Content-Length: ${head}`));
      return;
    }
    const bodyAt = headLength + HEAD_END.length;
    if (this.#received.length < bodyAt + bodyLength) return;
    const answer = {
      status: Number(head.slice(9, 12)),
      body: this.#received.toString('utf8', bodyAt, bodyAt + bodyLength),
    };
    this.#received = Buffer.alloc(0);
    this.#waiting?.resolve(answer);
  }
}
