/** Keys, each hour and each minute: whether all are there that the record needs, and moving the record to the newest one. */
import { logInfo } from '../../../lib/log.ts';
import type { Scope } from '../../../slack/scope.ts';
import { inspectKeys } from '../../../vault/rotation/data.ts';
import { rewrapSome } from '../../../vault/rotation/mutations.ts';
import { alarmOnKey, reportVaultFault } from './mutations.ts';

/** Failures of one run that are looked into: each takes some queries of the free plan's 50. */
const REPORTED_A_RUN = 2;

/** Finds keys that the record needs and DATA_KEYS lacks, or has with other bytes: the admins hear of each once a day until it is mended. */
export async function checkDataKeys(scope: Scope): Promise<void> {
  for (const [keyId, state] of await inspectKeys(scope))
    if (state !== 'fits') await alarmOnKey(scope, 'job:check-keys', keyId, state);
}

/** Moves some case keys from older keys to the active one. Those that do not open stay, and the admins hear of them. */
export async function rewrapCaseKeys(scope: Scope): Promise<void> {
  const { rewrapped, failures, from } = await rewrapSome(scope, scope.now);
  for (const failure of failures.slice(0, REPORTED_A_RUN))
    await reportVaultFault(scope, failure, 'job:rewrap-keys', from);
  if (rewrapped + failures.length > 0) logInfo('keys.rewrapped', { rewrapped, failed: failures.length });
}
