/** Where the pages of the FAQ stand. */

export const FAQ_PATH = '/faq';
/** What was asked, by its id: the words themselves never stand in an address. */
export const ASKS_PATH = `${FAQ_PATH}/asks`;
/** The core center's desk. */
export const DESK_PATH = `${FAQ_PATH}/desk`;

export function entryPath(number: number): string {
  return `${FAQ_PATH}/${number}`;
}

export function askPath(id: string): string {
  return `${ASKS_PATH}/${id}`;
}

/** A consultation with the words of what was asked. */
export function askConsultPath(id: string): string {
  return `${askPath(id)}/consult`;
}

export const DESK_ENTRIES_PATH = `${DESK_PATH}/entries`;
export const NEW_ENTRY_PATH = `${DESK_PATH}/new`;
export const DUPLICATES_PATH = `${DESK_PATH}/duplicates`;

/** A pattern: words in the same place are other pages of the desk. */
export const DESK_ENTRY_ROUTE = `${DESK_PATH}/:number{[0-9]+}`;

/** Where the core center works on an entry. */
export function deskEntryPath(number: number): string {
  return `${DESK_PATH}/${number}`;
}

export function approvalPath(number: number): string {
  return `${deskEntryPath(number)}/approval`;
}

export function historyPath(number: number): string {
  return `${deskEntryPath(number)}/history`;
}

/** Two entries side by side, by their numbers. */
export function comparisonPath(one: number, other: number): string {
  return `${DUPLICATES_PATH}?one=${one}&other=${other}`;
}
