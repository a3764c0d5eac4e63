/** V8's CPU profiler through workerd's inspector. */
import * as v from 'valibot';

/** Chrome's format; times in microseconds. */
const CpuProfileSchema = v.object({
  nodes: v.array(v.object({ id: v.number(), callFrame: v.object({ functionName: v.string() }) })),
  samples: v.array(v.number()),
  timeDeltas: v.array(v.number()),
});
export type CpuProfile = v.InferOutput<typeof CpuProfileSchema>;

const ReplySchema = v.object({ id: v.number(), result: v.optional(v.looseObject({})) });
const REPLY_WITHIN_MS = 10_000;

/** Profiles the isolate behind `inspector` for as long as `work` takes. */
export async function profileWhile(inspector: URL, work: () => Promise<void>): Promise<CpuProfile> {
  const socket = new WebSocket(inspector);
  try {
    await opened(socket);
    await send(socket, 1, 'Profiler.enable');
    await send(socket, 2, 'Profiler.start');
    await work();
    const { profile } = await send(socket, 3, 'Profiler.stop');
    return v.parse(CpuProfileSchema, profile);
  } finally {
    socket.close();
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error('the inspector refused')), { once: true });
  });
}

function send(socket: WebSocket, id: number, method: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`${method}: no reply`)), REPLY_WITHIN_MS);
    const take = ({ data }: MessageEvent) => {
      const reply = v.safeParse(ReplySchema, JSON.parse(String(data)));
      if (!reply.success || reply.output.id !== id) return;
      clearTimeout(timeout);
      socket.removeEventListener('message', take);
      resolve(reply.output.result ?? {});
    };
    socket.addEventListener('message', take);
    socket.send(JSON.stringify({ id, method }));
  });
}
