/** The part of wrangler.toml that the benchmark's Workers are built and run with; wrangler's own types leave it open. */
import path from 'node:path';
import * as v from 'valibot';
import { unstable_readConfig } from 'wrangler';
import { ROOT } from '../local/state.ts';

const ConfigSchema = v.object({
  compatibility_date: v.string(),
  compatibility_flags: v.array(v.string()),
  d1_databases: v.array(v.object({ binding: v.string() })),
  durable_objects: v.object({ bindings: v.array(v.object({ name: v.string(), class_name: v.string() })) }),
  /** Both with wrangler's defaults. */
  minify: v.optional(v.boolean(), false),
  keep_names: v.optional(v.boolean(), true),
});

export function wranglerConfig() {
  return v.parse(ConfigSchema, unstable_readConfig({ config: path.join(ROOT, 'wrangler.toml') }));
}

/** The runtime's version and flags, as Miniflare takes them. */
export function runtimeOptions() {
  const { compatibility_date, compatibility_flags } = wranglerConfig();
  return { compatibilityDate: compatibility_date, compatibilityFlags: compatibility_flags };
}

/** The product's databases and Durable Objects, as Miniflare takes them. */
export function productBindings() {
  const { d1_databases, durable_objects } = wranglerConfig();
  return {
    d1Databases: d1_databases.map(({ binding }) => binding),
    durableObjects: Object.fromEntries(
      durable_objects.bindings.map(({ name, class_name }) => [
        name,
        { className: class_name, useSQLite: true },
      ]),
    ),
  };
}
