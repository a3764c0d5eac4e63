/** /faq/desk/exchange: entries out and in; nothing is taken over that was not shown before. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { exportEntries } from '../../../src/features/faq/exchange/data.ts';
import { EXCHANGE_PATH } from '../../../src/features/faq/exchange/paths.ts';
import { exchangeText as text } from '../../../src/features/faq/exchange/text.ts';
import { changeEntry } from '../../../src/features/faq/storing/mutations.ts';
import { done } from '../../../src/lib/result.ts';
import { type Browser, browserOf, formOf, type Shown } from '../../support/browser.ts';
import { actorNamed, publishedEntry } from '../../support/faq.ts';
import { openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { auditOf } from '../../support/settings.ts';
import { PEOPLE } from '../../support/small-city.ts';

const ENTRY = { externalId: 'm-7', question: '様式はどこにありますか。', answer: '共有フォルダにあります。' };

/** Chooses a file on the page and sends it to be looked through. */
async function choose(browser: Browser, file: unknown, as = 'published', name = 'faq.json'): Promise<Shown> {
  const { fields } = formOf(await browser.open(EXCHANGE_PATH), `${EXCHANGE_PATH}/check`);
  const content = typeof file === 'string' ? file : JSON.stringify(file);
  const others = fields.filter(([field]) => field !== 'as' && field !== 'file');
  return browser.post(`${EXCHANGE_PATH}/check`, [...others, ['as', as], ['file', new File([content], name)]]);
}

const confirm = (browser: Browser, shown: Shown) =>
  browser.post(`${EXCHANGE_PATH}/load`, formOf(shown, `${EXCHANGE_PATH}/load`).fields);

const counts = (fresh: number, changed: number, equal: number, left = 0) => ({ fresh, changed, equal, left });

const countEntries = () => env.DB.prepare('SELECT count(*) AS n FROM faq_entry').first('n');

describe('a file', () => {
  test('is shown first with what it would do and what looks like personal data, then taken over, once', async () => {
    const house = await openHouse();
    await publishedEntry(house, { question: '同じ問い', answer: '同じ答え' });
    const browser = await browserOf(house, PEOPLE.kenta);
    const file = [
      ENTRY,
      { question: '同じ問い', answer: '同じ答え' },
      { question: '<b>誰に聞く</b>', answer: '担当の山田 太郎さん（090-1234-5678）に聞きます。' },
    ];
    const shown = await choose(browser, file);
    expect(shown.status).toBe(200);
    expect(shown.text).toContain(text.preview(counts(2, 0, 1)));
    expect(shown.text).toContain(text.findings(2, 1, 2));
    expect(shown.html).not.toContain('<b>誰');
    expect(await countEntries()).toBe(1);
    const after = await confirm(browser, shown);
    expect(after.text).toContain(text.doneCounts(counts(2, 0, 1)));
    expect(after.path).not.toContain('様式');
    expect(await countEntries()).toBe(3);
    expect((await confirm(browser, shown)).text).toContain(text.doneCounts(counts(0, 0, 3)));
    expect(await auditOf('faq.import')).toHaveLength(3);
  });

  test('with faults is refused with each of them, and nothing is taken over', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    const shown = await choose(browser, [ENTRY, { ...ENTRY, answer: '' }]);
    expect(shown.status).toBe(422);
    expect(shown.text).toContain(text.faulty(2));
    expect(shown.text).toContain('[1].externalId');
    expect((await choose(browser, '')).text).toContain(text.noFile);
    expect((await choose(browser, 'x'.repeat(8 * 1024 * 1024 + 1))).text).toContain(text.tooLarge);
    expect(await countEntries()).toBe(0);
  });

  test('looked through before somebody else changed an entry is shown anew', async () => {
    const house = await openHouse();
    const { id } = await publishedEntry(house, ENTRY, { externalId: ENTRY.externalId });
    const browser = await browserOf(house, PEOPLE.kenta);
    const shown = await choose(browser, [{ ...ENTRY, answer: 'ファイルの答え' }]);
    const takuya = await actorNamed(house, PEOPLE.takuya);
    await changeEntry(scopeAt(house, new Date()), takuya, { id, action: 'faq.change' }, async () =>
      done({ set: { answer: '机の答え' } }),
    );
    const again = await confirm(browser, shown);
    expect(again.status).toBe(409);
    expect(again.text).toContain(text.changedMeanwhile);
    expect((await exportEntries(house.db, true))[0]?.answer).toBe('机の答え');
    expect((await confirm(browser, again)).text).toContain(text.doneCounts(counts(0, 1, 0)));
  });

  test('as a table, as drafts, is found by nobody', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    const shown = await choose(browser, '質問,回答\n様式はどこ,共有フォルダ\n', 'drafts', 'faq.csv');
    expect(shown.text).toContain(text.confirm.drafts);
    await confirm(browser, shown);
    const { results } = await env.DB.prepare('SELECT status, question FROM faq_entry').all();
    expect(results).toEqual([{ status: 'unpublished', question: null }]);
  });
});

describe('written out', () => {
  test('it is all that the person may read, as a download that can be taken over again, and it is noted', async () => {
    const house = await openHouse();
    await publishedEntry(house, { ...ENTRY, answer: '=1+1' }, { externalId: 'm-7' });
    await publishedEntry(house, { question: '基幹型だけの問い' }, { visibility: 'core' });
    const takuya = await browserOf(house, PEOPLE.takuya);
    expect((await takuya.open(EXCHANGE_PATH)).text).toContain(text.notImporter);
    const json = await takuya.open(`${EXCHANGE_PATH}/faq.json`);
    expect(JSON.parse(json.html).faq).toHaveLength(2);
    expect(json.headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''%/);
    expect(json.headers.get('cache-control')).toContain('no-store');
    const makoto = await browserOf(house, PEOPLE.makoto);
    const csv = await makoto.open(`${EXCHANGE_PATH}/faq.csv`);
    expect(csv.html).toContain(`"'=1+1"`);
    expect(csv.html).not.toContain('基幹型だけ');
    for (const [file, name] of [
      [json.html, 'faq.json'],
      [csv.html, 'faq.csv'],
    ])
      expect((await choose(makoto, file, 'published', name)).text).toContain(text.nothing);
    expect(await auditOf('faq.export')).toMatchObject([
      { actor: PEOPLE.takuya, outcome: 'done', detail: { entries: 2, format: 'json' } },
      { actor: PEOPLE.makoto, outcome: 'done', detail: { entries: 1, format: 'csv' } },
    ]);
  });
});
