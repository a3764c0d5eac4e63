/** What people type around the FAQ is sealed with one key of the house, until a second person has approved it. */
import type { Scope } from '../../slack/scope.ts';
import { openHouseKey } from '../../vault/house-key.ts';
import type { CaseKey, Place } from '../../vault/key-ring.ts';

export function openFaqKey(scope: {
  db: Scope['db'];
  settings: Pick<Scope['settings'], 'DATA_KEYS'>;
}): Promise<CaseKey> {
  return openHouseKey(scope, 'faq');
}

/** Where a typed text of the FAQ lies. @param row the id of its row; of a version `<entry>/<number>` */
export function faqPlace(table: string, column: string, row: string): Place {
  return { table, column, row, center: '' };
}
