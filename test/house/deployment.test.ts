/** What the deployment's configuration must say: settings that no running test would miss. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { unstable_readConfig } from 'wrangler';

test('no log holds the addresses of requests: some of them open something by themselves', () => {
  const config = path.join(import.meta.dirname, '../../wrangler.toml');
  expect(unstable_readConfig({ config }).observability).toMatchObject({
    enabled: true,
    logs: { invocation_logs: false },
  });
});
