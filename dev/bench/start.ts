/**
 * What a new isolate costs. Start-up CPU is read as `wrangler check startup` does: a wrapper imports the program under
 * V8's profiler, and the samples that are not idle are added up (1 ms apart; they include compiling the program, Node's
 * built-in modules and the wrapper's own request).
 */
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { buildOwn } from './bundles.ts';
import { type Effort, type Figure, median, spread } from './figure.ts';
import { type CpuProfile, profileWhile } from './inspector.ts';
import { sendOne } from './load.ts';
import { SIGNING_SECRET, unheardEvent } from './requests.ts';
import { productSettings } from './rig.ts';
import { productBindings, runtimeOptions } from './wrangler-config.ts';

const MAX_STARTUP_CPU_MS = 60;

interface ColdStart {
  cpuMs: number;
  /** Wall-clock of the first event: the product builds Bolt's App in it. */
  firstAnswerMs: number;
}

export async function measureStart(productProgram: string, effort: Effort): Promise<Figure[]> {
  const bareProgram = await buildOwn('bare-worker');
  const product: ColdStart[] = [];
  const bare: ColdStart[] = [];
  for (let round = 0; round < effort.starts; round += 1) {
    product.push(await startOnce(productProgram));
    bare.push(await startOnce(bareProgram));
  }
  const cpu = product.map((each) => each.cpuMs);
  const first = product.map((each) => each.firstAnswerMs);
  return [
    {
      name: 'start-up CPU',
      value: ms(median(cpu)),
      target: { text: `< ${MAX_STARTUP_CPU_MS} ms`, isMet: median(cpu) < MAX_STARTUP_CPU_MS },
      detail: `spread ${spread(cpu, ms)}, bare Hono ${ms(median(bare.map((each) => each.cpuMs)))}, ${effort.starts} starts`,
    },
    {
      name: 'first request after start-up, wall-clock',
      value: ms(median(first)),
      detail: `spread ${spread(first, ms)}, bare Hono ${ms(median(bare.map((each) => each.firstAnswerMs)))}`,
    },
  ];
}

/** The program under its own name; the wrapper imports it at its first request and hands on every later one. */
const WRAPPER = `
let program;
export default {
  async fetch(request, env, ctx) {
    if (program) return program.fetch(request, env, ctx);
    program = (await import('./program.js')).default;
    return new Response('started');
  },
};`;

async function startOnce(program: string): Promise<ColdStart> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      handleStructuredLogs: () => undefined,
      name: 'starting',
      ...runtimeOptions(),
      modules: [
        { type: 'ESModule', path: 'wrapper.js', contents: WRAPPER },
        { type: 'ESModule', path: 'program.js', contents: program },
      ],
      bindings: { ...productSettings('http://127.0.0.1:9/api/'), SLACK_SIGNING_SECRET: SIGNING_SECRET },
      d1Databases: productBindings().d1Databases,
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      inspectorPort: 0,
    }),
  );
  try {
    await miniflare.ready;
    const address = await miniflare.unsafeGetDirectURL('starting');
    const inspector = new URL('/core:user:starting', await miniflare.getInspectorURL());
    const profile = await profileWhile(inspector, async () => {
      const answer = await sendOne(address, unheardEvent(0));
      if (answer.body !== 'started')
        throw new Error(`the program did not start: ${answer.status} ${answer.body}`);
    });
    const begun = performance.now();
    const { status } = await sendOne(address, unheardEvent(1));
    if (status !== 200) throw new Error(`the first request was answered ${status}`);
    return { cpuMs: activeMs(profile), firstAnswerMs: performance.now() - begun };
  } finally {
    await miniflare.dispose();
  }
}

/** Everything but idle time: JavaScript, garbage collection, compiling. */
function activeMs({ nodes, samples, timeDeltas }: CpuProfile): number {
  const idle = new Set(
    nodes.filter((node) => node.callFrame.functionName === '(idle)').map((node) => node.id),
  );
  const active = timeDeltas.filter((_, i) => !idle.has(samples[i] ?? 0));
  return active.reduce((sum, delta) => sum + delta, 0) / 1000;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
