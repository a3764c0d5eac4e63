/** /settings: all that 設定 has in chat works as pages, for the same people. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { handlingText } from '../../src/features/directory/handling/text.ts';
import { settingsText } from '../../src/features/directory/settings/text.ts';
import { addDays, japanDate } from '../../src/lib/jst.ts';
import { browserOf } from '../support/browser.ts';
import { openHouse } from '../support/house.ts';
import { auditOf, openSection } from '../support/settings.ts';
import { PEOPLE } from '../support/small-city.ts';

const LABELS = [
  '不在と代理',
  '受付当番',
  '定型文',
  '期限',
  '個人情報の取扱い',
  '名簿と市の設定',
  '職員とセンター',
];
const FROM = addDays(japanDate(new Date()), 7);
const UNTIL = addDays(FROM, 2);
const PATHS = ['absence', 'duty', 'deadlines', 'handling', 'overview'];

describe('the list', () => {
  test.each([
    ['district staff', PEOPLE.hanako, ['不在と代理'], ['absence']],
    ['a district manager', PEOPLE.minoru, ['不在と代理'], ['absence']],
    ['the core manager, who is an admin', PEOPLE.kenta, LABELS, PATHS],
    [
      'an admin of the city',
      PEOPLE.makoto,
      ['不在と代理', '期限', '個人情報の取扱い', '名簿と市の設定', '職員とセンター'],
      ['absence', 'deadlines', 'handling', 'overview'],
    ],
  ])('of %s has what is for them, and nothing else opens', async (_, who, labels, paths) => {
    const house = await openHouse();
    const browser = await browserOf(house, who);
    const { html } = await browser.open('/settings');
    const main = html.slice(html.indexOf('<main'));
    expect(LABELS.filter((label) => main.includes(`>${label}</a>`))).toEqual(labels);
    for (const path of PATHS) {
      const shown = await browser.open(`/settings/${path}`);
      expect([path, shown.status]).toEqual([path, paths.includes(path) ? 200 : 404]);
    }
    const refused = await auditOf('settings.open');
    expect(refused).toHaveLength(PATHS.length - paths.length);
    for (const entry of refused) expect(entry).toMatchObject({ actor: who, outcome: 'refused' });
  });

  test('answers what is not there like what is not for one', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.hanako);
    const [refused, missing] = [await browser.open('/settings/duty'), await browser.open('/settings/none')];
    expect(refused.text).toBe(missing.text);
  });
});

describe('a section', () => {
  test('of absences takes an absence and ends it', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.hanako);
    await browser.open('/settings/absence');
    const labels = [...(browser.shown?.html ?? '').matchAll(/<label for="[^"]*">([^<]*)/g)].map(
      ([, label]) => label,
    );
    expect(labels.length).toBeGreaterThan(2);
    const noted = await browser.fillAndSend({
      最初の日: FROM,
      最後の日: UNTIL,
      代理の方: '阿部 実',
    });
    expect(noted.status).toBe(200);
    const row = await env.DB.prepare('SELECT person, deputy, from_on FROM absence').first();
    expect(row).toEqual({ person: PEOPLE.hanako, deputy: PEOPLE.minoru, from_on: FROM });
    const form = /<form method="post" action="\/modal\/submit">[\s\S]*?<\/form>/.exec(noted.html)?.[0] ?? '';
    const press = /name="press" value="([^"]*)"/.exec(form)?.[1] ?? '';
    const fields = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']): [string, string] => [
        name,
        value.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
      ],
    );
    const ended = await browser.post('/modal/press', [...fields, ['press', press]]);
    expect(ended.status).toBe(200);
    expect(await env.DB.prepare('SELECT count(*) AS n FROM absence WHERE ended_at IS NULL').first('n')).toBe(
      0,
    );
  });

  test('of duty changes who is on duty and says that it was saved', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    await browser.open('/settings/duty');
    const saved = await browser.fillAndSend({ 受付当番の方: ['原田 拓也'] });
    expect(saved.html).toMatch(
      new RegExp(`<div class="[^"]*notice" role="status">\\s*<p[^>]*>${settingsText.saved}`),
    );
    const sql = 'SELECT slack_user_id AS id FROM staff WHERE is_on_duty = 1';
    expect((await env.DB.prepare(sql).all()).results).toEqual([{ id: PEOPLE.takuya }]);
    const [entry] = await auditOf('duty.change');
    expect(entry).toMatchObject({ actor: PEOPLE.kenta, outcome: 'done' });
    expect(entry?.detail).toHaveProperty('session');
  });

  test('of deadlines says beside the field what is wrong, and keeps what was typed', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    await browser.open('/settings/deadlines');
    const refused = await browser.fillAndSend({ '至急: 受付まで': 'すぐに', '通常: 受付まで': '3営業日' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('value="すぐに"');
    const saved = await browser.fillAndSend({ '至急: 受付まで': '15分' });
    expect(saved.text).toContain(settingsText.saved);
    expect(await env.DB.prepare('SELECT deadlines FROM city').first('deadlines')).toContain('15分');
  });

  test('of deadlines tells the slower of two who was first, chat and page alike', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    await browser.open('/settings/deadlines');
    const kenta = await openSection(house, PEOPLE.kenta, '期限');
    await kenta.fillAndSubmit({ '至急: 受付まで': '20分' });
    const shown = await browser.fillAndSend({ '至急: 受付まで': '15分' });
    expect(shown.text).toContain('田中 健太さん');
    expect(shown.html).toContain('value="15分"');
    await browser.fillAndSend({});
    expect(await env.DB.prepare('SELECT deadlines FROM city').first('deadlines')).toContain('15分');
  });

  test('of the overview shows the city', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    expect((await browser.open('/settings/overview')).text).toContain('センター5か所、職員9人');
  });
});

describe('個人情報の取扱い', () => {
  const { labels } = handlingText;
  const stored = () =>
    env.DB.prepare(
      'SELECT personal_data_entry AS entry, retention, reading_limit AS reading FROM city',
    ).first();

  test('is set by an admin, on the page', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    await browser.open('/settings/handling');
    const saved = await browser.fillAndSend({
      [labels.personalDataEntry]: 'Webページだけ',
      [labels.individual]: '１０',
      [labels.readingLimit]: '50',
    });
    expect(saved.text).toContain(settingsText.saved);
    expect(await stored()).toEqual({ entry: 'web', retention: '{"individual":10}', reading: 50 });
    expect(await auditOf('handling.change')).toMatchObject([
      {
        actor: PEOPLE.makoto,
        detail: { personalDataEntry: 'modal → web', individual: '- → 10', readingLimit: '- → 50' },
      },
    ]);
    await browser.fillAndSend({ [labels.individual]: '', [labels.readingLimit]: '' });
    expect(await stored()).toEqual({ entry: 'web', retention: null, reading: null });
  });

  test('is set in chat, too', async () => {
    const house = await openHouse();
    const kenta = await openSection(house, PEOPLE.kenta, handlingText.label);
    await kenta.fillAndSubmit({ [labels.operation]: '3' });
    expect(kenta.modalText).toContain(settingsText.saved);
    expect(await stored()).toEqual({ entry: 'modal', retention: '{"operation":3}', reading: null });
  });

  test.each([
    [labels.individual, '0'],
    [labels.individual, '31'],
    [labels.operation, '五'],
    [labels.operation, '2.5'],
    [labels.readingLimit, '4'],
    [labels.readingLimit, '501'],
    [labels.readingLimit, '-30'],
  ])('%s as %j is refused beside its field and changes nothing', async (label, value) => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    await browser.open('/settings/handling');
    const shown = await browser.fillAndSend({ [label]: value });
    expect(shown.status).toBe(422);
    expect(shown.html).toContain(`value="${value}"`);
    expect(await stored()).toEqual({ entry: 'modal', retention: null, reading: null });
  });

  test('sent by somebody who is no admin any more is refused and noted', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    await browser.open('/settings/handling');
    await env.DB.prepare('UPDATE staff SET is_admin = 0 WHERE slack_user_id = ?').bind(PEOPLE.kenta).run();
    const shown = await browser.fillAndSend({ [labels.individual]: '1' });
    expect(shown.text).toContain(handlingText.notAllowed);
    expect(await stored()).toMatchObject({ retention: null });
    expect(await auditOf('handling.change')).toMatchObject([{ outcome: 'refused' }]);
  });
});
