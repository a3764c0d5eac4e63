/** The `faq` of a city file is handed over by the directory in rows of its own; here it becomes entries that everybody finds. */
import { findLastImport, listHandedOver } from '../../../directory/handing-over/data.ts';
import { forgetHandedOver } from '../../../directory/handing-over/mutations.ts';
import type { ExchangeScope } from '../data.ts';
import { importEntries } from '../mutations.ts';
import type { Counts } from '../rules.ts';

/** Takes over what waits, if anything does, on the account of whoever loaded the file. */
export async function takeOverHandedOver(scope: ExchangeScope): Promise<Counts | undefined> {
  const { db } = scope;
  if ((await listHandedOver(db)).length === 0) return undefined;
  const by = await findLastImport(db);
  return importEntries(scope, by, {
    as: 'published',
    read: () => listHandedOver(db),
    statements: (database) => [forgetHandedOver(database)],
  });
}
