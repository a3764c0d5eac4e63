/**
 * Every personal and free-text field of the pages gets a canary that is also markup and a call to a whole channel. All of it is typed on
 * pages; then all that left the Worker, its logs, its database, its addresses and its exports are searched, and every page is read for
 * what a browser would run. One house for all of it.
 */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { actionIdOf } from '../../src/features/consultation/blocks.ts';
import { formOperations } from '../../src/features/consultation/slack.ts';
import { readableHtml } from '../support/browser.ts';
import { foundIn } from '../support/canaries.ts';
import { driveCase, driveOtherCases, driveTheRest, type PageAnswer, Pages } from '../support/driven-pages.ts';
import { type House, openHouse } from '../support/house.ts';
import { PDF } from '../support/office-files.ts';
import { PEOPLE } from '../support/small-city.ts';
import { everythingStored } from '../support/stored.ts';

const CASE = '/cases/R8-0001';

/** What a browser or Slack would make something of. */
const MISCHIEF = `<script>x</script>&#60;"'<!channel>`;

async function only(table: 'case_file' | 'resident_request'): Promise<string> {
  return String(await env.DB.prepare(`SELECT id FROM ${table}`).first('id'));
}

/** Files: one goes again, with a reason. */
async function driveFiles(pages: Pages): Promise<void> {
  const files = { page: CASE, action: `${CASE}/files` };
  const name = 'カナリア🐤書類<img src=x onerror=x>&#60;.pdf';
  pages.typed.push(name);
  await pages.sendForm(PEOPLE.hanako, files, { file: new File([PDF], name) });
  const path = `${CASE}/files/${await only('case_file')}`;
  await pages.open(PEOPLE.hanako, path);
  const removal = { page: CASE, action: `${path}/remove` };
  const removed = await pages.sendForm(PEOPLE.hanako, removal, { reason: pages.canary('削除の理由') });
  expect(removed.status).toBe(200);
  const kept = `カナリア🐤もう一つの${name}`;
  pages.typed.push(kept);
  await pages.sendForm(PEOPLE.hanako, files, { file: new File([PDF], kept) });
}

/** What residents asked for, and what is kept for a reason. */
async function driveRequests(pages: Pages): Promise<void> {
  const { kenta } = PEOPLE;
  const hold = { page: '/retention/R8-0001', action: '/retention/R8-0001/hold' };
  await pages.sendForm(kenta, hold, { reason: pages.canary('保留の理由') });
  await pages.open(kenta, '/retention/R8-0001');
  const tracker = { page: '/requests', action: '/requests' };
  const asked = { reference: 'R8-0001', kind: 'disclosure', receivedOn: '2026-10-01' };
  // With something missing first: what was typed comes back in the form.
  const faulty = await pages.sendForm(kenta, tracker, { ...asked, kind: '', note: pages.canary('誤り') });
  expect(faulty.status).toBe(422);
  await pages.sendForm(kenta, tracker, { ...asked, note: pages.canary('メモ') });
  const id = await only('resident_request');
  const request = { page: `/requests/${id}`, action: `/requests/${id}` };
  await pages.open(kenta, request.page);
  const extension = { ...request, action: `${request.action}/extend` };
  await pages.sendForm(kenta, extension, { reason: pages.canary('延長の理由') });
  const copy = { page: `${CASE}/disclosure`, action: `${CASE}/disclosure` };
  for (const format of ['html', 'json']) {
    const made = await pages.sendForm(kenta, copy, { request: id, case: 'R8-0001', format });
    expect([format, made.status]).toEqual([format, 200]);
  }
  const settlement = { ...request, action: `${request.action}/settle` };
  const settled = { state: 'refused', settledOn: '2026-10-02', words: pages.canary('決定の理由') };
  expect((await pages.sendForm(kenta, settlement, settled)).status).toBe(200);
  await pages.open(kenta, request.page);
}

const EXPORTS = [
  '/log.csv',
  `${CASE}/log.csv`,
  `${CASE}/resident-log.csv`,
  `/incident.csv?staff=${PEOPLE.hanako}&since=2026-01-01`,
];

/** Every page that shows any of it, and some that are not there. */
async function lookAround(pages: Pages): Promise<void> {
  const { hanako, kenta, naoko, ichiro } = PEOPLE;
  for (const person of [hanako, kenta, naoko])
    for (const path of ['/', '/cases', '/shared', CASE, `${CASE}/print`]) await pages.open(person, path);
  for (const path of ['/log', `${CASE}/log`, `${CASE}/resident-log`, '/retention', '/requests', ...EXPORTS])
    await pages.open(kenta, path);
  const templates = await pages.open(naoko, '/settings/templates');
  const [, first = ''] = /<option value="([^"]+)"/.exec(templates.shown?.html ?? '') ?? [];
  const chosen = { 'choice:templates.choose': first, press: 'templates.choose' };
  await pages.sendForm(
    naoko,
    { page: '/settings/templates', action: '/modal/submit', to: '/modal/press' },
    chosen,
  );
  for (const number of [2, 3, 4, 5]) await pages.open(hanako, `/cases/R8-000${number}`);
  await pages.open(ichiro, CASE);
}

async function drivenHouse(): Promise<{ house: House; pages: Pages }> {
  const house = await openHouse();
  const pages = new Pages(house, MISCHIEF);
  await driveCase(pages);
  await driveOtherCases(pages);
  await driveTheRest(pages);
  await driveFiles(pages);
  await driveRequests(pages);
  await lookAround(pages);
  await house.delivered();
  await house.cron();
  await house.delivered();
  return { house, pages };
}

function isPage({ headers }: PageAnswer): boolean {
  return headers.get('content-type')?.startsWith('text/html') ?? false;
}

/** Where a page leads, loads from and sends to. */
function addressesIn({ path, headers, body }: PageAnswer): string[] {
  const inside = [...body.matchAll(/\s(?:href|src|action|formaction)="([^"]*)"/g)].map(([, to = '']) => to);
  return [path, headers.get('location') ?? '', headers.getSetCookie().join(), ...inside];
}

test('what is typed on pages is read there, as it was typed, and stands nowhere else', async () => {
  const { house, pages } = await drivenHouse();
  const { typed, answers } = pages;
  const forms = [...formOperations].map(actionIdOf);
  expect(forms.filter((form) => !pages.submitted.has(form))).toEqual([]);
  expect(typed.length).toBeGreaterThan(50);

  // Read, and never run.
  const shown = answers.filter(isPage);
  const read = shown.map(({ body }) => readableHtml(body)).join('\n');
  expect(typed.filter((value) => !read.includes(value))).toEqual([]);
  // The search finds them where they are.
  expect(foundIn(typed, read).length).toBeGreaterThan(50);
  for (const { path, body } of shown) {
    expect([path, /<script|<img|<!channel|="javascript:/i.exec(body)?.[0]]).toEqual([path, undefined]);
    const tags = body.replaceAll(/="[^"]*"/g, '').match(/<[^<>]+>/g) ?? [];
    expect([path, tags.filter((tag) => /\s(?:on\w+|style)\b/i.test(tag))]).toEqual([path, []]);
  }

  // Nowhere else.
  expect(foundIn(typed, JSON.stringify(house.slack.traffic))).toEqual([]);
  expect(foundIn(typed, house.logs.join('\n'))).toEqual([]);
  expect(foundIn(typed, answers.flatMap(addressesIn).join('\n'))).toEqual([]);
  expect(foundIn(typed, await everythingStored())).toEqual([]);
  const objects = await Promise.all(
    (await env.FILES.list()).objects.map(async ({ key }) => [key, await (await env.FILES.get(key))?.text()]),
  );
  expect(objects).toHaveLength(1);
  expect(foundIn(typed, JSON.stringify(objects))).toEqual([]);
  for (const path of EXPORTS) {
    const csv = answers.find((answer) => answer.path === path);
    expect([path, csv?.status, csv?.headers.get('content-type')]).toEqual([
      path,
      200,
      'text/csv; charset=utf-8',
    ]);
    expect(foundIn(typed, csv?.body ?? '')).toEqual([]);
  }

  // Kept by no cache, but the style sheet.
  for (const { path, headers } of answers)
    expect([path, headers.get('cache-control')]).toEqual([path, expect.stringContaining('no-store')]);
  const style = /href="(\/style-[^"]+)"/.exec(shown[0]?.body ?? '')?.[1] ?? '';
  await pages.open(PEOPLE.hanako, style);
  expect(answers.at(-1)?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
}, 60_000);
