/** How a city handles personal data, where it decides nothing itself, and within which bounds it may decide. */

/** By kind of 相談: how many years a case is kept after its closing. */
export interface Retention {
  individual: number;
  operation: number;
}

/** Five years: what cities commonly keep such records for after a case ends. */
export const STANDARD_RETENTION: Retention = { individual: 5, operation: 5 };
export const LEAST_YEARS = 1;
/** The longest that rules for public documents commonly know. */
export const MOST_YEARS = 30;

/** So many different cases read by one person within an hour are told to her manager. */
export const STANDARD_READING_LIMIT = 30;
/** Below that, ordinary work would be told each day. */
export const LEAST_READING_LIMIT = 5;
/** Above that, somebody who copies everything would go unnoticed. */
export const MOST_READING_LIMIT = 500;
