/** Where a page may send somebody on to: paths of our own, never another site. */

/** Browsers take a backslash for a slash, and drop tabs and line breaks. */
const PATH = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,500}$/;

/** The path when it is one of ours, else `fallback`. Takes what anybody may have put into a link. */
export function localPath(asked: string | undefined, fallback = '/'): string {
  if (asked === undefined || !PATH.test(asked)) return fallback;
  const url = new URL(asked, 'https://kikan.invalid');
  const path = `${url.pathname}${url.search}`;
  // Once more: `/.//elsewhere` becomes `//elsewhere` when its dots are resolved.
  return url.origin === 'https://kikan.invalid' && PATH.test(path) ? path : fallback;
}
