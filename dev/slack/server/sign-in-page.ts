/** The pages of "Sign in with Slack": who signs in, and what is wrong with a request. */
import { html } from 'hono/html';
import type { SlackUser } from '../directory.ts';
import type { SignInRequest } from './openid-codes.ts';

/** Lets the developer choose who signs in; each choice posts the request again with the person. */
export function signInPage(request: SignInRequest, teamName: string, users: SlackUser[]) {
  const fields = Object.entries(request).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const choices = users.map(
    (user) =>
      html`<li><button name="user" value="${user.id}">${user.name}<small>${user.title ?? ''}</small></button></li>`,
  );
  return frame(
    'Slackでログイン',
    html`<p>${teamName}のワークスペース（開発用）です。だれとしてログインしますか。</p>
<form method="post" action="/openid/connect/authorize">${fields}<ul>${choices}</ul>
<button class="cancel" name="user" value="">キャンセル</button></form>`,
  );
}

/** Tells that the app's request cannot be served. */
export function refusalPage(reason: string) {
  return frame('ログインできません', html`<p>アプリからの依頼に誤りがあります。</p><pre>${reason}</pre>`);
}

function frame(title: string, body: ReturnType<typeof html>) {
  return html`<!doctype html><html lang="ja"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<style>
body{font-family:system-ui,"Hiragino Sans","Noto Sans JP",sans-serif;max-width:28rem;margin:2rem auto;padding:0 1rem;line-height:1.7;color:#1d1c1d}
h1{font-size:1.4rem}ul{list-style:none;padding:0;display:grid;gap:.5rem}
button{font:inherit;width:100%;min-height:44px;text-align:left;padding:.5rem 1rem;border:1px solid #888;border-radius:8px;background:#fff;cursor:pointer}
button:hover,button:focus-visible{border-color:#1264a3;outline:2px solid #1264a3}
small{display:block;color:#555}.cancel{text-align:center}
</style></head><body><h1>${title}</h1>${body}</body></html>`;
}
