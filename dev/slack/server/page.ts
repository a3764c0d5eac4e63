/** The browser page: bundled once at start, with a clear notice when it cannot be. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Hono } from 'hono';
import { html } from 'hono/html';

const uiFile = (name: string) => fileURLToPath(new URL(`../ui/${name}`, import.meta.url));

/** Routes for `/`, `/ui/main.js` and `/ui/style.css`, and for permalinks, which open the page at their place. */
export async function pageRoutes(): Promise<Hono> {
  const routes = new Hono();
  routes.get('/archives/:channel/:message', (c) =>
    c.redirect(placeOf(c.req.param('channel'), c.req.query('thread_ts'))),
  );
  try {
    const [page, style, script] = await Promise.all([
      readFile(uiFile('index.html'), 'utf8'),
      readFile(uiFile('style.css'), 'utf8'),
      bundle(),
    ]);
    routes.get('/', (c) => c.html(page));
    routes.get('/ui/style.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }));
    routes.get('/ui/main.js', (c) =>
      c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error('local Slack: the browser page could not be built:', reason);
    routes.get('/', (c) => c.html(notice(reason), 503));
  }
  return routes;
}

function placeOf(channel: string, threadTs = ''): string {
  return `/?${new URLSearchParams({ channel, ...(threadTs ? { thread: threadTs } : {}) })}`;
}

async function bundle(): Promise<string> {
  const built = await build({
    entryPoints: [uiFile('main.tsx')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx/dom',
    sourcemap: 'inline',
    logLevel: 'silent',
  });
  return built.outputFiles[0]?.text ?? '';
}

function notice(reason: string) {
  return html`<!doctype html><html lang="ja"><meta charset="utf-8"><title>開発用Slack</title>
<h1>画面を組み立てられませんでした</h1>
<p>開発用SlackのAPIは動いています。画面のファイル（dev/slack/ui）を確かめて、起動しなおしてください。</p>
<pre>${reason}</pre></html>`;
}
