/** wrangler.toml as the local Worker takes it: with a bucket, which a deployment has only when its operator binds one. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { experimental_readRawConfig } from 'wrangler';
import { ROOT } from './state.ts';

/** What names places relative to the file, and the buckets; all else is handed on as it is. */
const Config = v.looseObject({
  main: v.string(),
  alias: v.record(v.string(), v.string()),
  d1_databases: v.array(v.looseObject({ migrations_dir: v.optional(v.string()) })),
  r2_buckets: v.optional(v.array(v.unknown())),
});

const LOCAL_BUCKETS = [{ binding: 'FILES', bucket_name: 'kikan-files' }];

/** Writes it into the state folder; answers the file's path. Its own paths no longer depend on where it lies. */
export function writeWorkerConfig(state: string): string {
  const read = v.parse(
    Config,
    experimental_readRawConfig({ config: path.join(ROOT, 'wrangler.toml') }).rawConfig,
  );
  const inRoot = (place: string) => path.resolve(ROOT, place);
  const config = {
    ...read,
    main: inRoot(read.main),
    alias: Object.fromEntries(Object.entries(read.alias).map(([name, place]) => [name, inRoot(place)])),
    d1_databases: read.d1_databases.map((database) => ({
      ...database,
      ...(database.migrations_dir === undefined ? {} : { migrations_dir: inRoot(database.migrations_dir) }),
    })),
    r2_buckets: read.r2_buckets ?? LOCAL_BUCKETS,
  };
  const file = path.join(state, 'worker.json');
  writeFileSync(file, JSON.stringify(config, null, 2));
  return file;
}
