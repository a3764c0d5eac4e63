/** The public pages of 点呼 as a phone meets them: links of people, forms without script, answers sent by the page's script. */

import type { CityFile } from '../../src/features/directory/schema.ts';
import { signLink } from '../../src/features/roll-call/links/signing.ts';
import { openLinkKey, openRollCallsKey } from '../../src/features/roll-call/sealing.ts';
import type { House } from './house.ts';
import { scopeAt } from './meeting.ts';
import { rosterNow, withDrills } from './roll-call.ts';

const HOME = 'https://kikan.test';

/** A city with drills in which everybody but 原田 拓也 has an address. */
export function withMail(city: CityFile): void {
  withDrills(city);
  for (const person of city.staff)
    if (person.slackUserId !== 'U0TAKUYA') person.email ??= `${person.slackUserId.toLowerCase()}@example.jp`;
}

/** The path of a person's own link. */
export async function pathOfLink(house: House, rollCallId: string, person: string): Promise<string> {
  const linkId = String((await rosterNow(rollCallId)).get(person)?.link_id);
  const key = await openLinkKey(scopeAt(house, new Date()));
  return `/safety/${await signLink(key, { rollCallId, person, linkId })}`;
}

export interface Page {
  status: number;
  html: string;
  /** What a person reads. */
  text: string;
  headers: Headers;
  bytes: number;
}

export async function get(house: House, path: string, init: RequestInit = {}): Promise<Page> {
  return pageOf(await house.fetch(new Request(`${HOME}${path}`, { redirect: 'manual', ...init })));
}

/** A form as a browser without script sends it from a page without referrer. */
export async function post(
  house: House,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = { origin: 'null', 'sec-fetch-site': 'same-origin' },
): Promise<Page> {
  const body = new URLSearchParams(fields);
  return get(house, path, { method: 'POST', body, headers });
}

/** The value of a hidden field of the shown page, the first of its name. */
export function hidden({ html }: Page, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
}

/** Makes sure that the house's keys are there: made at first use, they would count as something that was stored. */
export async function makeKeys(house: House): Promise<void> {
  const scope = scopeAt(house, new Date());
  await openLinkKey(scope);
  await openRollCallsKey(scope);
}

async function pageOf(answer: Response): Promise<Page> {
  const html = await answer.text();
  return {
    status: answer.status,
    html,
    text: html.replaceAll(/<style>.*?<\/style>|<script>.*?<\/script>|<[^>]+>/gs, ' ').replaceAll(/\s+/g, ' '),
    headers: answer.headers,
    bytes: new TextEncoder().encode(html).length,
  };
}
