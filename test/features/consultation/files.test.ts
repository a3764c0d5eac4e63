/** Files of a case, through the front door: who attaches, opens and removes what, and that nothing stays half done. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { removeFilesOf } from '../../../src/features/consultation/files/objects.ts';
import { MAX_FILE_BYTES } from '../../../src/features/consultation/files/rules.ts';
import worker from '../../../src/index.ts';
import { type Browser, browserOf, formOf } from '../../support/browser.ts';
import { type Fields, sendConsultation } from '../../support/consulting.ts';
import { type House, openHouse } from '../../support/house.ts';
import { bytesOf, officeFile, PDF, PNG } from '../../support/office-files.ts';
import { caseId, caseRow, latestChange, refusalsOf } from '../../support/operating.ts';
import { statePurposes } from '../../support/purpose.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { everythingStored } from '../../support/stored.ts';

const CASE = '/cases/R8-0001';
const FILES = `${CASE}/files`;
const NAME = '診断書 髙﨑.pdf';

/** Another one, so that nobody is asked whether it is the same case. */
const OTHER_RESIDENT: Fields = { 対象者の氏名: '別の方', 電話番号: null, 被保険者番号: null };

async function houseWithCase(): Promise<House> {
  const house = await openHouse();
  await sendConsultation(house, { 緊急度: '通常', 分類: ['認知症'] });
  return house;
}

/** The fields of the form on the case's page, with a file in it. */
async function filledForm(browser: Browser, file: File): Promise<[string, string | File][]> {
  return [...formOf(await browser.open(CASE), FILES).fields, ['file', file]];
}

function pdf(name = NAME, content: Uint8Array<ArrayBuffer> = PDF): File {
  return new File([content], name);
}

async function attach(browser: Browser, file: File = pdf()) {
  return browser.post(FILES, await filledForm(browser, file));
}

async function fileRows(): Promise<Record<string, unknown>[]> {
  return (await env.DB.prepare('SELECT * FROM case_file ORDER BY added_at').all()).results;
}

async function onlyFile(): Promise<string> {
  const [row] = await fileRows();
  return String(row?.id);
}

async function keysInBucket(): Promise<string[]> {
  return (await env.FILES.list()).objects.map(({ key }) => key);
}

async function download(browser: Browser, path: string): Promise<Response> {
  return browser.send(new Request(new URL(path, 'https://kikan.test')));
}

async function downloads(): Promise<{ actor: string; caseId: string; detail: string }[]> {
  const sql = `SELECT actor, case_id AS caseId, detail FROM audit_entry
    WHERE action = 'file.download' AND outcome = 'done' ORDER BY at`;
  return (await env.DB.prepare(sql).all<{ actor: string; caseId: string; detail: string }>()).results;
}

/** The same house with other bindings: without a bucket, or with one that fails. */
function houseWith(house: House, files: R2Bucket | undefined): House {
  const { FILES: _bound, ...others } = env;
  const bindings = files ? { ...others, FILES: files } : others;
  return {
    ...house,
    async fetch(request) {
      const context = createExecutionContext();
      const answer = await worker.fetch(request, bindings, context);
      await waitOnExecutionContext(context);
      return answer;
    },
  };
}

/** The bucket, but for what R2 does not do for the moment. */
function failing(...methods: (keyof R2Bucket)[]): R2Bucket {
  return new Proxy(env.FILES, {
    get(bucket, name) {
      if (methods.some((each) => each === name)) return () => Promise.reject(new Error('R2 is away'));
      const value: unknown = Reflect.get(bucket, name);
      return typeof value === 'function' ? value.bind(bucket) : value;
    },
  });
}

test('a file that was attached is listed, and comes back as it was', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  const shown = await attach(hanako);
  expect(shown.path).toBe(`${CASE}?done=consultation.attach_file`);
  expect(shown.text).toContain('ファイルを添付しました。');
  expect(shown.text).toContain(NAME);
  expect(shown.text).toContain('佐藤 花子さんがファイルを添付しました');
  expect(await latestChange()).toMatchObject({ actor: PEOPLE.hanako, action: 'consultation.attach_file' });

  const answer = await download(hanako, `${FILES}/${await onlyFile()}`);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(PDF);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="kikan-R8-0001.pdf"; filename*=UTF-8''${encodeURIComponent(NAME)}`,
    'x-content-type-options': 'nosniff',
    'cache-control': expect.stringContaining('no-store'),
    'content-security-policy': expect.stringMatching(/default-src 'none'.*; sandbox$/),
  });
});

test('every download is noted, with the case and the file', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  await attach(hanako);
  const file = await onlyFile();
  await download(hanako, `${FILES}/${file}`);
  await download(hanako, `${FILES}/${file}`);
  const entries = await downloads();
  expect(entries).toHaveLength(2);
  expect(entries[0]).toMatchObject({ actor: PEOPLE.hanako, caseId: await caseId() });
  expect(JSON.parse(entries[0]?.detail ?? '')).toMatchObject({ what: 'file', file });
});

test('neither the name nor the content stands anywhere in the clear', async () => {
  const house = await houseWithCase();
  const secret = 'KANARIENVOGEL-4711';
  const content = bytesOf(`${new TextDecoder().decode(PDF)}${secret}`);
  await attach(await browserOf(house, PEOPLE.hanako), pdf(`${secret}.pdf`, content));
  await house.delivered();
  const [key = ''] = await keysInBucket();
  const object = await env.FILES.get(key);
  expect(await object?.text()).not.toContain(secret);
  expect([key, object?.customMetadata, object?.httpMetadata?.contentDisposition]).toEqual([
    `${await caseId()}/${await onlyFile()}`,
    {},
    undefined,
  ]);
  expect(await everythingStored()).not.toContain(secret);
  expect(JSON.stringify(house.slack.traffic)).not.toContain(secret);
  expect(house.logs.join('\n')).not.toContain(secret);
});

test('the other side hears of it by reference', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  const kenta = await browserOf(house, PEOPLE.kenta);
  await kenta.open(`${CASE}/do/accept`);
  await kenta.fillAndSend({}, `${CASE}/do/accept`);
  await attach(hanako);
  await attach(kenta, pdf('返事.pdf'));
  await house.delivered();
  const told = (person: string) =>
    house.slack.as(person).dm.filter(({ text }) => text.includes('ファイルが1件添付されました'));
  expect(told(PEOPLE.kenta)).toHaveLength(1);
  expect(told(PEOPLE.hanako)).toHaveLength(1);
  expect(told(PEOPLE.hanako)[0]?.text).toContain(`https://kikan.test${CASE}`);
});

test('a double press stores one file; the same form with another file is told', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  const form = await filledForm(hanako, pdf());
  const answers = await Promise.all([hanako.post(FILES, form), hanako.post(FILES, form)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect((await hanako.post(FILES, form)).status).toBe(200);
  expect(await fileRows()).toHaveLength(1);
  expect(await keysInBucket()).toEqual([`${await caseId()}/${await onlyFile()}`]);

  const changed = await hanako.post(FILES, [...form.slice(0, -1), ['file', pdf('別の書類.pdf')]]);
  expect([changed.status, changed.text]).toEqual([409, expect.stringContaining('先に送信済みです')]);
  expect(await keysInBucket()).toHaveLength(1);
});

test('what is not taken is said on the page of the form, and nothing is stored', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  const huge = new Uint8Array(MAX_FILE_BYTES + 1);
  huge.set(PDF);
  const refused: [File, string][] = [
    [pdf(NAME, huge), '10MBを超えています'],
    [pdf(NAME, new Uint8Array(0)), 'ファイルの中身が空です'],
    [new File([new Uint8Array(0)], ''), 'ファイルを選んでください'],
    [pdf('図.svg', bytesOf('<svg/>')), '添付できない種類のファイルです'],
    [pdf('頁.html', bytesOf('<!doctype html>')), '添付できない種類'],
    [pdf('写真.pdf', PNG), '拡張子'],
    [pdf('診断書.exe'), '拡張子'],
    [pdf('記録.docx', officeFile('docx', ['word/vbaProject.bin'])), 'マクロ'],
  ];
  for (const [file, sentence] of refused) {
    const shown = await attach(hanako, file);
    expect([file.name, shown.status, shown.text]).toEqual([
      file.name,
      422,
      expect.stringContaining(sentence),
    ]);
    expect(formOf(shown, FILES).fields.map(([name]) => name)).toEqual(['form_token', 'view_id']);
  }
  const form = await filledForm(hanako, pdf());
  expect((await hanako.post(FILES, form.slice(0, -1))).text).toContain('ファイルを選んでください');
  expect(await fileRows()).toEqual([]);
  expect(await keysInBucket()).toEqual([]);
  expect(await caseRow()).toMatchObject({ version: 1 });
});

test('10 MB to the byte is taken and comes back', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  const large = new Uint8Array(MAX_FILE_BYTES);
  large.set(PDF);
  expect((await attach(hanako, pdf(NAME, large))).text).toContain('10MB');
  const answer = await download(hanako, `${FILES}/${await onlyFile()}`);
  expect((await answer.arrayBuffer()).byteLength).toBe(MAX_FILE_BYTES);
});

test('a name is kept without what misleads', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  const long = `${'𠮷'.repeat(250)}.pdf`;
  for (const name of ['../../髙﨑.pdf', '葛\u{E0100}城\u202Efdp.pdf', long]) await attach(hanako, pdf(name));
  const { text } = await hanako.open(CASE);
  expect(text).toContain('髙﨑.pdf');
  expect(text).not.toContain('../');
  expect(text).toContain('葛\u{E0100}城fdp.pdf');
  expect(text).toContain(`${'𠮷'.repeat(196)}.pdf`);
  expect(text).not.toContain('𠮷'.repeat(197));
});

test('a name with line breaks, quotes or control characters breaks no header', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  // As no browser writes it: a bare line break, which makes the file's part unreadable.
  const broken = await sendRaw(hanako, 'a\nSet-Cookie: x=1.pdf');
  expect([broken.status, await broken.text()]).toEqual([422, expect.stringContaining('選んでください')]);
  // As browsers write it, and with what they leave in.
  const sent = await sendRaw(hanako, "a'(b)*%0D%0ASet-Cookie: x=1\x07;\t%22.pdf");
  expect(sent.status).toBe(303);
  const answer = await download(hanako, `${FILES}/${await onlyFile()}`);
  expect(answer.headers.get('set-cookie')).toBeNull();
  const name = "filename*=UTF-8''a%27%28b%29%2A";
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="kikan-R8-0001\.pdf"; filename\*=UTF-8''[\w%.-]+$/,
  );
  expect(answer.headers.get('content-disposition')).toContain(name);
  expect(answer.headers.get('content-disposition')).not.toMatch(/%0[79AD]/);
});

/** The form with a file whose name stands in the request as it is. */
async function sendRaw(browser: Browser, name: string): Promise<Response> {
  const { fields } = formOf(await browser.open(CASE), FILES);
  const parts = fields.map(([field, value]) => `name="${field}"\r\n\r\n${value}`);
  const file = `name="file"; filename="${name}"\r\n\r\n${new TextDecoder().decode(PDF)}`;
  const lines = [...parts, file].map((part) => `--b\r\nContent-Disposition: form-data; ${part}\r\n`);
  return browser.send(
    new Request(`https://kikan.test${FILES}`, {
      method: 'POST',
      body: `${lines.join('')}--b--\r\n`,
      headers: {
        'content-type': 'multipart/form-data; boundary=b',
        origin: 'https://kikan.test',
        'sec-fetch-site': 'same-origin',
      },
    }),
  );
}

test('another center finds neither the file nor a way to add or remove one, and it is noted', async () => {
  const house = await houseWithCase();
  await attach(await browserOf(house, PEOPLE.hanako));
  const file = await onlyFile();
  const ichiro = await browserOf(house, PEOPLE.ichiro);
  const nowhere = await ichiro.open('/cases/R8-0999');
  const shown = await ichiro.open(`${FILES}/${file}`);
  expect([shown.status, shown.html]).toEqual([404, nowhere.html]);
  const [token = ['form_token', '']] = formOf(await ichiro.open('/'), '/sign-out').fields;
  const view: [string, string] = ['view_id', crypto.randomUUID()];
  // Also with a file that would not be taken: a case that may not be seen says nothing of files.
  for (const content of [PDF, new Uint8Array(0)]) {
    const posted = await ichiro.post(FILES, [token, view, ['file', pdf(NAME, content)]]);
    expect([posted.status, posted.html]).toEqual([404, nowhere.html]);
  }
  const removed = await ichiro.post(`${FILES}/${file}/remove`, [token, ['reason', '不要']]);
  expect([removed.status, removed.html]).toEqual([404, nowhere.html]);
  expect((await refusalsOf(PEOPLE.ichiro)).map(({ action, reason }) => `${action} ${reason}`)).toEqual([
    'consultation.read not-found',
    'consultation.read not-found',
    'consultation.attach_file not-found',
    'consultation.attach_file not-found',
    'consultation.remove_file not-found',
  ]);
  expect(await fileRows()).toHaveLength(1);
  expect(await downloads()).toEqual([]);
});

test('a file is not found under the address of another case, nor under a made-up id', async () => {
  const house = await houseWithCase();
  await sendConsultation(house, OTHER_RESIDENT);
  const hanako = await browserOf(house, PEOPLE.hanako);
  await attach(hanako);
  const file = await onlyFile();
  expect((await hanako.open('/cases/R8-0002')).status).toBe(200);
  expect((await hanako.open(`/cases/R8-0002/files/${file}`)).status).toBe(404);
  expect((await hanako.open(`${FILES}/${crypto.randomUUID()}`)).status).toBe(404);
  expect((await hanako.open(`${FILES}/..%2F..%2Fetc`)).status).toBe(404);
});

test('who does not belong to the case says first what the file is opened for', async () => {
  const house = await houseWithCase();
  await attach(await browserOf(house, PEOPLE.hanako));
  const path = `${FILES}/${await onlyFile()}`;
  const minoru = await browserOf(house, PEOPLE.minoru);
  const asked = await minoru.open(path);
  expect(asked.text).toContain('目的');
  expect(await downloads()).toEqual([]);
  await statePurposes(PEOPLE.minoru);
  expect((await download(minoru, path)).headers.get('content-type')).toBe('application/pdf');
});

test('who only looks on attaches nothing, and is offered no form', async () => {
  const house = await houseWithCase();
  await env.DB.prepare("UPDATE consultation SET status = 'accepted', person_in_charge = ?")
    .bind(PEOPLE.naoko)
    .run();
  await statePurposes(PEOPLE.takuya);
  const takuya = await browserOf(house, PEOPLE.takuya);
  const { html } = await takuya.open(CASE);
  expect(html).not.toContain('type="file"');
  const [token = ['form_token', '']] = formOf(await takuya.open(CASE), '/sign-out').fields;
  const posted = await takuya.post(FILES, [token, ['view_id', crypto.randomUUID()], ['file', pdf()]]);
  expect([posted.status, posted.text]).toEqual([409, expect.stringContaining('担当者')]);
  expect(await keysInBucket()).toEqual([]);
  expect(await refusalsOf(PEOPLE.takuya)).toEqual([
    { action: 'consultation.attach_file', reason: 'not-in-charge' },
  ]);
});

test('a case that has ended takes no more files, but those that it has are opened and removed', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  await attach(hanako);
  const form = await filledForm(hanako, pdf('後から.pdf'));
  await env.DB.prepare("UPDATE consultation SET status = 'closed', closed_at = 1").run();
  const late = await hanako.post(FILES, form);
  expect([late.status, late.text]).toEqual([409, expect.stringContaining('終結')]);
  expect(await fileRows()).toHaveLength(1);
  const path = `${FILES}/${await onlyFile()}`;
  expect((await download(hanako, path)).status).toBe(200);
  const { text } = await remove(hanako, path, '別の方の書類でした。');
  expect(text).toContain('ファイルを削除しました。');
});

async function remove(browser: Browser, path: string, reason: string) {
  const { fields } = formOf(await browser.open(CASE), `${path}/remove`);
  return browser.post(`${path}/remove`, [
    ...fields.filter(([name]) => name !== 'reason'),
    ['reason', reason],
  ]);
}

test('a file is removed with a reason: its content goes, its name and who did it stay', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  await attach(hanako);
  const path = `${FILES}/${await onlyFile()}`;
  const unreasoned = await remove(hanako, path, '　\n');
  expect(unreasoned.status).toBe(422);
  expect(await keysInBucket()).toHaveLength(1);
  const shown = await remove(hanako, path, '別の方の書類でした。');
  expect(shown.text).toContain('削除したファイル（1件）');
  expect(shown.text).toContain('佐藤 花子さんがファイルを削除しました');
  expect(shown.text).toContain('理由：別の方の書類でした。');
  expect(shown.html).not.toContain(`href="${path}"`);
  expect(await keysInBucket()).toEqual([]);
  expect((await hanako.open(path)).status).toBe(404);
  const { version } = await caseRow();
  const [token = ['form_token', '']] = formOf(await hanako.open(CASE), FILES).fields;
  const again = await hanako.post(`${path}/remove`, [token, ['reason', 'もう一度']]);
  expect(again.status).toBe(200);
  expect(await caseRow()).toMatchObject({ version });
});

test('removing belongs to who attached it, who is in charge and the core managers', async () => {
  const house = await houseWithCase();
  await env.DB.prepare("UPDATE consultation SET status = 'accepted', person_in_charge = ?")
    .bind(PEOPLE.naoko)
    .run();
  await statePurposes(PEOPLE.minoru, PEOPLE.kenta);
  await attach(await browserOf(house, PEOPLE.hanako));
  const path = `${FILES}/${await onlyFile()}`;
  const minoru = await browserOf(house, PEOPLE.minoru);
  const shown = await minoru.open(CASE);
  expect(shown.html).not.toContain(`${path}/remove`);
  const [token = ['form_token', '']] = formOf(shown, FILES).fields;
  const posted = await minoru.post(`${path}/remove`, [token, ['reason', '不要']]);
  expect([posted.status, posted.text]).toEqual([409, expect.stringContaining('削除できるのは')]);
  expect(await refusalsOf(PEOPLE.minoru)).toEqual([
    { action: 'consultation.remove_file', reason: 'not-entitled' },
  ]);
  for (const person of [PEOPLE.naoko, PEOPLE.kenta])
    expect((await (await browserOf(house, person)).open(CASE)).html).toContain(`${path}/remove`);
});

test('while the case is kept from being erased, no file goes', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  await attach(hanako);
  await env.DB.prepare(
    `INSERT INTO legal_hold (id, consultation_id, reason, held_by, held_at)
     SELECT 'h1', id, 'v1.case.a.b', ?, 1 FROM consultation`,
  )
    .bind(PEOPLE.kenta)
    .run();
  const refused = await remove(hanako, `${FILES}/${await onlyFile()}`, '不要になりました。');
  expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('保留')]);
  expect(await keysInBucket()).toHaveLength(1);
});

test('the thirty-first file is refused', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  await attach(hanako);
  const form = await filledForm(hanako, pdf('31.pdf'));
  await env.DB.prepare(
    `INSERT INTO case_file (id, consultation_id, name, type, bytes, added_by, added_at, removed_by, removed_at)
     SELECT 'f' || n.value, f.consultation_id, f.name, f.type, f.bytes, f.added_by, f.added_at, NULL, NULL
     FROM case_file AS f, json_each(?) AS n`,
  )
    .bind(JSON.stringify(Array.from({ length: 29 }, (_, i) => i)))
    .run();
  const refused = await hanako.post(FILES, form);
  expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('30件まで')]);
  expect(await keysInBucket()).toHaveLength(1);
});

test('content that was altered or swapped is refused, and the admins hear of it', async () => {
  const house = await houseWithCase();
  await sendConsultation(house, OTHER_RESIDENT);
  const hanako = await browserOf(house, PEOPLE.hanako);
  await attach(hanako);
  const second = formOf(await hanako.open('/cases/R8-0002'), '/cases/R8-0002/files');
  await hanako.post('/cases/R8-0002/files', [...second.fields, ['file', pdf('別.pdf')]]);
  const rows = await fileRows();
  const [own, other] = rows.map((row) => `${row.consultation_id}/${row.id}`);
  const content = async (key = '') => new Uint8Array((await (await env.FILES.get(key))?.arrayBuffer()) ?? []);
  const [ownContent, otherContent] = [await content(own), await content(other)];
  const path = `${FILES}/${rows[0]?.id}`;

  await env.FILES.put(own ?? '', otherContent);
  const swapped = await hanako.open(path);
  expect([swapped.status, swapped.text]).toEqual([500, expect.stringContaining('書き換えられたおそれ')]);
  const flipped = ownContent.map((byte, i) => (i === 40 ? byte ^ 1 : byte));
  for (const altered of [flipped, ownContent.slice(0, -1), ownContent.slice(0, 5), new Uint8Array(0)]) {
    await env.FILES.put(own ?? '', altered);
    expect((await hanako.open(path)).status).toBe(500);
  }
  await env.FILES.delete(own ?? '');
  expect((await hanako.open(path)).status).toBe(500);
  await house.delivered();
  const alarms = house.slack.as(PEOPLE.kenta).dm.filter(({ text }) => text.includes('case_file.content'));
  expect(alarms).toHaveLength(1);
  await env.FILES.put(own ?? '', ownContent);
  expect((await download(hanako, path)).status).toBe(200);
});

test('content moved between two files of one case does not open', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  await attach(hanako);
  await attach(hanako, pdf('二つ目.pdf'));
  const [one = '', two = ''] = await keysInBucket();
  const moved = await (await env.FILES.get(two))?.arrayBuffer();
  await env.FILES.put(one, moved ?? '');
  expect((await hanako.open(`${FILES}/${one.split('/')[1]}`)).status).toBe(500);
});

test('while R2 fails, nothing is half done and the person is told', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(houseWith(house, failing('put')), PEOPLE.hanako);
  const refused = await attach(hanako);
  expect([refused.status, refused.text]).toEqual([503, expect.stringContaining('保存できませんでした')]);
  expect(await fileRows()).toEqual([]);
  expect(await caseRow()).toMatchObject({ version: 1 });

  await attach(await browserOf(house, PEOPLE.hanako));
  const path = `${FILES}/${await onlyFile()}`;
  const unread = await browserOf(houseWith(house, failing('get')), PEOPLE.hanako);
  const shown = await unread.open(path);
  expect([shown.status, shown.text]).toEqual([503, expect.stringContaining('読み込めませんでした')]);

  // The row says that the file is gone; its content follows when R2 is back.
  const removing = await browserOf(houseWith(house, failing('delete')), PEOPLE.hanako);
  expect((await remove(removing, path, '不要になりました。')).text).toContain('ファイルを削除しました。');
  expect(await keysInBucket()).toHaveLength(1);
  await sweep(house, Date.now() + TWO_DAYS_MS);
  expect(await keysInBucket()).toEqual([]);
});

test('when the database refuses the row, the content is taken back', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  const form = await filledForm(hanako, pdf());
  await env.DB.prepare(
    "CREATE TRIGGER refuse_files BEFORE INSERT ON case_file BEGIN SELECT RAISE(ABORT, 'full'); END",
  ).run();
  const refused = await hanako.post(FILES, form);
  expect(refused.status).toBe(503);
  expect(await keysInBucket()).toEqual([]);
  expect(await caseRow()).toMatchObject({ version: 1 });
  await env.DB.prepare('DROP TRIGGER refuse_files').run();
  expect((await hanako.post(FILES, form)).status).toBe(200);
  expect(await fileRows()).toHaveLength(1);
});

test('without a bucket nobody is shown anything of files', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  await attach(hanako);
  const path = `${FILES}/${await onlyFile()}`;
  const form = await filledForm(hanako, pdf());
  const without = await browserOf(houseWith(house, undefined), PEOPLE.hanako);
  const shown = await without.open(CASE);
  expect(shown.status).toBe(200);
  expect(shown.html).not.toContain('id="files"');
  expect(shown.html).not.toContain('/files');
  expect((await without.open(path)).status).toBe(404);
  const [token = ['form_token', '']] = formOf(shown, '/sign-out').fields;
  expect((await without.post(FILES, [token, ...form.slice(1)])).status).toBe(404);
  expect((await without.post(`${path}/remove`, [token, ['reason', '不要']])).status).toBe(404);
  await house.cron();
});

test('a form without the token of the session stores nothing', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  const form = await filledForm(hanako, pdf());
  const forged = await hanako.post(FILES, [['form_token', 'x'], ...form.slice(1)]);
  expect(forged.status).toBe(409);
  expect(forged.text).toContain('選んだファイルは、この画面には残せません');
  const elsewhere = await hanako.post(FILES, form, { origin: 'https://evil.test' });
  expect(elsewhere.status).toBe(403);
  expect(await fileRows()).toEqual([]);
});

test('a case that was erased takes no file, and says only that it was erased', async () => {
  const house = await houseWithCase();
  const hanako = await browserOf(house, PEOPLE.hanako);
  await attach(hanako);
  const path = `${FILES}/${await onlyFile()}`;
  const form = await filledForm(hanako, pdf('後から.pdf'));
  await env.DB.batch(
    ['DELETE FROM case_file', 'DELETE FROM case_key', 'UPDATE consultation SET erased_at = 1'].map((sql) =>
      env.DB.prepare(sql),
    ),
  );
  await removeFilesOf(env.FILES, await caseId());
  for (const shown of [await hanako.post(FILES, form), await hanako.open(path)])
    expect([shown.status, shown.text]).toEqual([410, expect.stringContaining('消去されました')]);
  const removed = await hanako.post(`${path}/remove`, [form[0] ?? ['', ''], ['reason', '不要']]);
  expect(removed.status).toBe(404);
  expect(await keysInBucket()).toEqual([]);
});

test('in an emergency a file is read, and nothing is added or removed', async () => {
  const house = await houseWithCase();
  await attach(await browserOf(house, PEOPLE.hanako));
  const path = `${FILES}/${await onlyFile()}`;
  await env.DB.prepare("UPDATE consultation SET status = 'accepted', is_restricted = 1, person_in_charge = ?")
    .bind(PEOPLE.naoko)
    .run();
  const kenta = await browserOf(house, PEOPLE.kenta);
  expect((await kenta.open(path)).status).toBe(404);
  await kenta.open('/break-glass');
  await kenta.fillAndSend({ 相談の番号: 'R8-0001', 理由: '救急搬送の連絡があった' }, '/break-glass');
  expect((await download(kenta, path)).status).toBe(200);
  const shown = await kenta.open(CASE);
  expect(shown.text).toContain(NAME);
  expect(shown.html).not.toContain('type="file"');
  expect(shown.html).not.toContain(`${path}/remove`);
  const [token = ['form_token', '']] = formOf(shown, '/sign-out').fields;
  const posted = await kenta.post(FILES, [token, ['view_id', crypto.randomUUID()], ['file', pdf()]]);
  expect([posted.status, posted.text]).toEqual([409, expect.stringContaining('読むことだけ')]);
  expect((await kenta.post(`${path}/remove`, [token, ['reason', '不要']])).status).toBe(409);
  expect(await keysInBucket()).toHaveLength(1);
});

const TWO_DAYS_MS = 2 * 24 * 60 * 60_000;

/** Runs the cron at the minute in which the case's part of the bucket is looked at. */
async function sweep(house: House, from: number): Promise<void> {
  const part = Number.parseInt((await caseId()).slice(0, 2), 16);
  const minute = Math.floor(from / 60_000);
  await house.cron((minute + ((part - minute) % 256) + (part < minute % 256 ? 256 : 0)) * 60_000);
}

test('content without a row goes after a day; what has one, and what is not ours, stays', async () => {
  const house = await houseWithCase();
  await attach(await browserOf(house, PEOPLE.hanako));
  const own = `${await caseId()}/${await onlyFile()}`;
  const orphan = `${await caseId()}/${crypto.randomUUID()}`;
  const foreign = `${(await caseId()).slice(0, 2)}-backup.sql`;
  for (const key of [orphan, foreign]) await env.FILES.put(key, 'x');
  await sweep(house, Date.now());
  expect(await keysInBucket()).toContain(orphan);
  await sweep(house, Date.now() + TWO_DAYS_MS);
  expect((await keysInBucket()).sort()).toEqual([own, foreign].sort());
});

test('all content of one case goes when it is erased, that of others stays', async () => {
  const house = await houseWithCase();
  await attach(await browserOf(house, PEOPLE.hanako));
  const [own = ''] = await keysInBucket();
  const others = Array.from({ length: 3 }, (_, i) => `${own.split('/')[0]}/${i}`);
  const elsewhere = `${crypto.randomUUID()}/1`;
  for (const key of [...others, elsewhere]) await env.FILES.put(key, 'x');
  await removeFilesOf(env.FILES, await caseId());
  expect(await keysInBucket()).toEqual([elsewhere]);
  await removeFilesOf(env.FILES, await caseId());
  await removeFilesOf(undefined, await caseId());
  expect(await keysInBucket()).toEqual([elsewhere]);
});
