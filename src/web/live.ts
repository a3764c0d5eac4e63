/**
 * The one script of the pages, on those few that say so (`allowScript`): a part of a page that keeps itself up to date while it is
 * looked at. Without it the part stands as it was, with a link that loads the page anew. Its words come from the page.
 */
import type { Context } from 'hono';
import { sha256Hex } from '../lib/bytes.ts';
import type { PageEnv } from './page-env.ts';

/**
 * Of a part `<section data-live="/address" data-words="{…}">` it exchanges what lies in `[data-live-body]` for what the address
 * answers, and the text of each `[data-live-line]` only where it differs: a screen reader then says what changed, and nothing else.
 * What was unfolded stays so, and so does where the keyboard is.
 */
export const LIVE_SCRIPT = `'use strict';
(() => {
  const EVERY_MS = 5000;
  const LATEST_MS = 60000;
  const part = document.querySelector('[data-live]');
  if (!part) return;
  const words = JSON.parse(part.dataset.words);
  const toggle = part.querySelector('[data-live-toggle]');
  const state = part.querySelector('[data-live-state]');
  let tag = '';
  let isStopped = false;
  let isOver = false;
  let failures = 0;
  let timer = 0;
  let asking = null;

  const say = (sentence) => { if (state.textContent !== sentence) state.textContent = sentence; };
  const plan = (ms) => {
    clearTimeout(timer);
    if (!isStopped && !isOver && !document.hidden) timer = setTimeout(ask, ms);
  };

  function exchange(html) {
    const next = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-live-next]');
    if (!next) throw new Error('not a part');
    for (const line of next.querySelectorAll('[data-live-line]')) {
      const shown = part.querySelector('[data-live-line="' + line.dataset.liveLine + '"]');
      if (shown && shown.textContent !== line.textContent) shown.textContent = line.textContent;
    }
    const body = part.querySelector('[data-live-body]');
    const open = new Set([...body.querySelectorAll('details[open]')].map((each) => each.id));
    const focused = body.contains(document.activeElement) ? document.activeElement.id : '';
    body.replaceChildren(...next.querySelector('[data-live-body]').childNodes);
    for (const each of body.querySelectorAll('details')) if (open.has(each.id)) each.open = true;
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    isOver = next.dataset.liveNext === 'over';
  }

  async function ask() {
    if (asking) return;
    asking = new AbortController();
    const limit = setTimeout(() => asking.abort(), 15000);
    try {
      const headers = tag ? { 'if-none-match': tag } : {};
      const answer = await fetch(part.dataset.live, { headers, redirect: 'manual', cache: 'no-store', signal: asking.signal });
      if (answer.type === 'opaqueredirect' || answer.status === 404) {
        isOver = true;
        say(words.signedOut);
        return;
      }
      if (answer.status !== 304) {
        if (!answer.ok) throw new Error(String(answer.status));
        exchange(await answer.text());
        tag = answer.headers.get('etag') ?? '';
      }
      failures = 0;
      if (isOver) toggle.hidden = true;
      if (!isStopped) say(isOver ? words.ended : words.live);
    } catch {
      failures += 1;
      if (!isStopped) say(words.lost);
    } finally {
      clearTimeout(limit);
      asking = null;
      plan(Math.min(EVERY_MS * 2 ** Math.min(failures, 5), LATEST_MS));
    }
  }

  toggle.addEventListener('click', () => {
    isStopped = !isStopped;
    toggle.textContent = isStopped ? words.resume : words.stop;
    say(isStopped ? words.stopped : words.live);
    plan(0);
  });
  document.addEventListener('visibilitychange', () => plan(0));
  toggle.hidden = false;
  say(words.live);
  plan(EVERY_MS);
})();
`;

let path: Promise<string> | undefined;

/** The script's address: another one for each content, so that browsers may keep it for good. */
export function liveScriptPath(): Promise<string> {
  path ??= sha256Hex(LIVE_SCRIPT).then((hash) => `/live-${hash.slice(0, 12)}.js`);
  return path;
}

/** This answer may run the script, and the script may ask for the page's part; all other pages run none. */
export function allowScript(c: Context<PageEnv>): void {
  c.set('hasScript', true);
}
