/** An empty D1 in a workerd of its own, for as long as the work with it takes. */
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { runtimeOptions } from '../wrangler-config.ts';

export async function withDatabase<Value>(work: (db: D1Database) => Promise<Value>): Promise<Value> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      ...runtimeOptions(),
      modules: true,
      script: 'export default {}',
      d1Databases: ['FAQ_INDEX'],
    }),
  );
  try {
    return await work(await miniflare.getD1Database('FAQ_INDEX'));
  } finally {
    await miniflare.dispose();
  }
}
