/** The inbox of everybody: what the app would have sent by mail can be read here. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Mail } from '../client-api.ts';

const AT = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'medium',
  timeStyle: 'medium',
});

/** Routes: `GET /mail` is the page, newest first; `GET /client/mail` the same as JSON, newest last. */
export function mailRoutes(mails: readonly Mail[]): Hono {
  const routes = new Hono();
  routes.get('/mail', (c) => c.html(inboxPage(mails)));
  routes.get('/client/mail', (c) => c.json(mails));
  return routes;
}

function inboxPage(mails: readonly Mail[]) {
  const shown = mails.toReversed().map(
    (mail) => html`<article><h2>${mail.subject}</h2>
<p>宛先 ${mail.to}　<time>${AT.format(mail.at)}</time></p><pre>${linked(mail.text)}</pre></article>`,
  );
  return html`<!doctype html><html lang="ja"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>メール（開発用）</title>
<style>
body{font-family:system-ui,"Hiragino Sans","Noto Sans JP",sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;line-height:1.7;color:#1d1c1d}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin:0}article{border:1px solid #888;border-radius:8px;padding:1rem;margin:1rem 0}
p{margin:0;color:#555}pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere;margin:.5rem 0 0}
</style></head><body><h1>メール（開発用）</h1>
<p>kikanが送ったメールです。実際には、だれにも送られていません。新しいものは、再読み込みすると出ます。</p>
${shown.length > 0 ? shown : html`<p>まだ1通もありません。</p>`}</body></html>`;
}

/** Addresses of pages as links, as mail programs show them. */
function linked(text: string) {
  return text
    .split(/(https?:\/\/[^\s<>"「」（）、。]+)/)
    .map((part, i) => (i % 2 === 1 ? html`<a href="${part}">${part}</a>` : part));
}
