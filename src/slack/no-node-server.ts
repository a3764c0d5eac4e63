/** Stands in for the Node servers that Bolt imports and a Worker never starts (see `[alias]` in wrangler.toml). */
export {};
