/** How long a search takes among many entries, in workerd with its D1, over HTTP; beside the plain query of the same run. */
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { buildOwn } from '../bundles.ts';
import { type Figure, median } from '../figure.ts';
import { runtimeOptions } from '../wrangler-config.ts';
import { readFields, readGroups } from './field.ts';
import { manyEntries } from './many.ts';

const FEW = 2_000;
const MANY = 10_000;
const MAX_MS = 30;
/** Asked before anything is timed: statements and code are warm in a Worker that is used. */
const WARM_UP = 30;

export async function measureSpeed(): Promise<Figure[]> {
  const [seed, , townHall] = readFields();
  if (!seed || !townHall) throw new Error('no entries');
  const entries = [...seed.entries, ...townHall.entries];
  const texts = [...seed.tuned, ...townHall.tuned].map(({ text }) => text);
  const program = await buildOwn('faq/worker');
  const few = await withWorker(program, (post) => rebuildSeconds(post, manyEntries(entries, FEW)));
  return withWorker(program, async (post) => {
    const made = manyEntries(entries, MANY);
    const many = await rebuildSeconds(post, made);
    await post('/base', JSON.stringify({ entries: made }));
    for (const text of texts.slice(0, WARM_UP)) await post('/search', text);
    const ours: number[] = [];
    const plain: number[] = [];
    for (const text of texts) {
      ours.push(await timed(() => post('/search', text)));
      plain.push(await timed(() => post('/search-base', text)));
    }
    return [
      ...figuresOf(ours, plain),
      { name: `faq: rebuild of ${FEW} entries`, value: `${few.toFixed(1)} s`, detail: 'in workerd' },
      { name: `faq: rebuild of ${MANY} entries`, value: `${many.toFixed(1)} s`, detail: 'in workerd' },
    ];
  });
}

function figuresOf(ours: readonly number[], plain: readonly number[]): Figure[] {
  const ratio = median(ours) / median(plain);
  const each: [string, (values: readonly number[]) => number][] = [
    ['median', median],
    [
      '95th of 100',
      (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN,
    ],
  ];
  return [
    ...each.map(([name, of]) => ({
      name: `faq: a search among ${MANY} entries, ${name}`,
      value: `${of(ours).toFixed(1)} ms`,
      detail: `segmenter words ${of(plain).toFixed(1)} ms, ${ours.length} questions`,
      target: { text: `< ${MAX_MS} ms`, isMet: of(ours) < MAX_MS },
    })),
    { name: 'faq: the same, by the plain query', value: ratio.toFixed(2), detail: 'medians' },
  ];
}

type Post = (path: string, body: string) => Promise<void>;

async function withWorker<Value>(program: string, work: (post: Post) => Promise<Value>): Promise<Value> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      ...runtimeOptions(),
      modules: [{ type: 'ESModule', path: 'worker.js', contents: program }],
      d1Databases: ['FAQ_INDEX'],
    }),
  );
  try {
    const address = await miniflare.ready;
    return await work(async (path, body) => {
      const answer = await fetch(new URL(path, address), { method: 'POST', body });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 200)}`);
    });
  } finally {
    await miniflare.dispose();
  }
}

async function rebuildSeconds(post: Post, entries: ReturnType<typeof manyEntries>): Promise<number> {
  return (await timed(() => post('/rebuild', JSON.stringify({ entries, groups: readGroups() })))) / 1000;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
