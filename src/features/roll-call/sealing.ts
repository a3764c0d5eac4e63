/** What people type of a roll-call is sealed with one key of the house. */
import type { Scope } from '../../slack/scope.ts';
import { openHouseHashKey, openHouseKey } from '../../vault/house-key.ts';
import type { CaseKey, HashKey, Place } from '../../vault/key-ring.ts';

type Vault = Pick<Scope, 'db' | 'settings'>;

export function openRollCallsKey(scope: Vault): Promise<CaseKey> {
  return openHouseKey(scope, 'roll-calls');
}

/** Signs links and compares PINs. */
export function openLinkKey(scope: Vault): Promise<HashKey> {
  return openHouseHashKey(scope, 'roll-call-links');
}

/** Where a typed text of a roll-call lies. @param row the id of its row @param center whose text it is, where it is one center's own */
export function rollCallPlace(table: string, column: string, row: string, center = ''): Place {
  return { table, column, row, center };
}
