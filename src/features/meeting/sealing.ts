/** What people type about meetings is sealed with one key of the house: minutes are searched over many meetings. */
import type { Scope } from '../../slack/scope.ts';
import { openHouseKey } from '../../vault/house-key.ts';
import type { CaseKey, Place } from '../../vault/key-ring.ts';

export function openMeetingsKey(scope: Pick<Scope, 'db' | 'settings'>): Promise<CaseKey> {
  return openHouseKey(scope, 'meetings');
}

/** Where a typed text of a meeting lies. @param row the id of its row */
export function meetingPlace(table: string, column: string, row: string): Place {
  return { table, column, row, center: '' };
}
