/** Addresses of mail, also with (at) for the sign and with spaces around it. */
import type { Finding } from './finding.ts';
import { findingAt, type Reading } from './reading.ts';

const sign = '(?: ?@ ?| ?[(\\[](?:at|アット|あっと|@)[)\\]] ?| at )';
const host = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?';
/** Ends of hosts that people write; of unknown ones (co, m) a line break may have cut the rest. */
const known = '(?:jp|com|net|org|info|biz|me|io|asia|dev|app|page|tokyo|city)';
const anyMail = new RegExp(
  `(?<![a-z\\d._%+-])[a-z\\d._%+-]{1,64}${sign}(?:${host}\\.){1,5}[a-z]{2,18}(?![a-z\\d-])`,
  'giu',
);
const knownMail = new RegExp(`\\.${known}$`, 'iu');

/** @param isCertain only those whose host ends as most do: for texts whose lines were put together. */
export function findMails(reading: Reading, isCertain: boolean): Finding[] {
  return [...reading.text.matchAll(anyMail)]
    .filter(([whole]) => knownMail.test(whole) || (!isCertain && !/ at /iu.test(whole)))
    .map((match) => findingAt(reading, 'mail', match.index, match.index + match[0].length));
}
