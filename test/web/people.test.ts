/** /people: admins keep centers and staff; each change is checked as a city file is, and nobody is undone unseen. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { dutyText } from '../../src/features/directory/duty/text.ts';
import { peopleText as text } from '../../src/features/directory/people/text.ts';
import { directoryText } from '../../src/features/directory/text.ts';
import { type Browser, browserOf, formOf } from '../support/browser.ts';
import { type House, openHouse } from '../support/house.ts';
import { auditOf } from '../support/settings.ts';
import { CHANNELS, PEOPLE } from '../support/small-city.ts';
import { importAgain } from '../support/staff-changes.ts';

const person = (id: string) => env.DB.prepare('SELECT * FROM staff WHERE slack_user_id = ?').bind(id).first();
const center = (code: string) => env.DB.prepare('SELECT * FROM center WHERE code = ?').bind(code).first();
const dmOf = ({ slack }: House, who: string) => slack.as(who).dm.map((message) => message.text);

async function admin(house: House, path: string, who: string = PEOPLE.makoto): Promise<Browser> {
  const browser = await browserOf(house, who);
  await browser.open(path);
  return browser;
}

const PATHS = [
  '/people',
  '/people/new',
  `/people/staff/${PEOPLE.hanako}`,
  `/people/staff/${PEOPLE.hanako}/remove`,
  '/people/centers/new',
  '/people/centers/south',
  '/people/centers/south/close',
  '/people/file',
  '/people/file/download',
];
const POSTS = [
  `/people/staff/${PEOPLE.ichiro}/remove`,
  '/people/centers/south/close',
  '/people/file/check',
  '/people/file/load',
];

describe('whoever is no admin', () => {
  test.each([
    ['district staff', PEOPLE.hanako],
    ['a district manager', PEOPLE.minoru],
    ['core staff on duty', PEOPLE.naoko],
  ])('%s finds none of these pages, and each try is noted', async (_, who) => {
    const house = await openHouse();
    const browser = await browserOf(house, who);
    for (const path of PATHS) expect([path, (await browser.open(path)).status]).toEqual([path, 404]);
    const token = formOf(await browser.open('/settings'), '/sign-out').fields;
    for (const path of POSTS) expect([path, (await browser.post(path, token)).status]).toEqual([path, 404]);
    const noted = await auditOf('directory.read');
    expect(noted).toHaveLength(PATHS.length + POSTS.length);
    expect(await person(PEOPLE.ichiro)).toMatchObject({ removed_at: null });
  });

  test('cannot send the form of an admin either', async () => {
    const house = await openHouse();
    const makoto = await admin(house, `/people/staff/${PEOPLE.hanako}`);
    const form = formOf(makoto.shown ?? (await makoto.open('/')), '/modal/submit');
    const hanako = await browserOf(house, PEOPLE.hanako);
    const own = formOf(await hanako.open('/settings'), '/sign-out').fields;
    const fields = [...form.fields.filter(([name]) => name !== 'form_token'), ...own];
    const shown = await hanako.post('/modal/submit', [...fields, ['field:rights', 'admin']]);
    expect(shown.text).toContain(text.refusals.notAllowed);
    expect(await person(PEOPLE.hanako)).toMatchObject({ is_admin: 0 });
    expect(await auditOf('directory.change_person')).toMatchObject([
      { chain: `person:${PEOPLE.hanako}`, outcome: 'refused', detail: { reason: 'not-allowed' } },
    ]);
  });
});

test('the list shows every center with its people, also one without', async () => {
  const house = await openHouse((city) => {
    city.centers.push({ code: 'north', kind: 'district', name: '北センター', short: '北' });
  });
  const { text: shown } = await (await admin(house, '/people')).open('/people');
  for (const words of ['佐藤 花子', PEOPLE.hanako, '北センター', text.nobody]) expect(shown).toContain(words);
});

describe('a new person', () => {
  const NEW = {
    [text.person.slackUserId]: 'U0NEW',
    [text.person.name]: '新田 夏',
    [text.person.center]: '東地域包括支援センター',
    [text.person.profession]: '保健師',
  };

  test('is registered, stands last in the list, and may enter at once', async () => {
    const house = await openHouse();
    const browser = await admin(house, '/people/new');
    const shown = await browser.fillAndSend({ ...NEW, [text.person.email]: 'natsu@example.jp' });
    expect(shown.path).toContain('/people?done=');
    expect(shown.text).toContain(text.done['people.person']);
    expect(await person('U0NEW')).toMatchObject({
      name: '新田 夏',
      center: 'east',
      profession: '保健師',
      role: 'staff',
      is_admin: 0,
      is_on_duty: 0,
      email: 'natsu@example.jp',
      removed_at: null,
      position: 9,
    });
    expect(await auditOf('directory.add_person')).toMatchObject([
      {
        chain: 'city',
        actor: PEOPLE.makoto,
        outcome: 'done',
        detail: { person: 'U0NEW', inCenter: '- → east' },
      },
    ]);
    expect(JSON.stringify(await auditOf('directory.add_person'))).not.toMatch(/新田|natsu/);
  });

  test('sent twice is there once', async () => {
    const house = await openHouse();
    const browser = await admin(house, '/people/new');
    const form = formOf(browser.shown ?? (await browser.open('/')), '/modal/submit');
    await browser.fillAndSend(NEW);
    browser.shown = undefined;
    const fields: [string, string][] = [
      ...form.fields.filter(([name]) => !name.startsWith('field:')),
      ['field:slackUserId', 'U0NEW'],
      ['field:name', '新田 夏'],
      ['field:center', 'east'],
      ['field:profession', '保健師'],
      ['field:role', 'staff'],
    ];
    expect((await browser.post('/modal/submit', fields)).text).toContain(text.done['people.person']);
    expect(await auditOf('directory.add_person')).toHaveLength(1);
  });

  test.each<[string, Record<string, string>, string]>([
    ['an id of a channel', { [text.person.slackUserId]: 'C0NEW' }, directoryText.notUserId],
    ['no name', { [text.person.name]: '　' }, directoryText.empty],
    ['no center', { [text.person.center]: '' }, text.person.choose],
    ['a mail address that is none', { [text.person.email]: 'natsu' }, directoryText.notEmail],
    ['a name beyond all names', { [text.person.name]: '夏'.repeat(61) }, directoryText.tooLong(60)],
    ['the id of somebody listed', { [text.person.slackUserId]: PEOPLE.ichiro }, text.refusals.listedAlready],
  ])('with %s is refused beside the field', async (_, change, sentence) => {
    const house = await openHouse();
    const browser = await admin(house, '/people/new');
    const shown = await browser.fillAndSend({ ...NEW, ...change });
    expect(shown.status).toBe(422);
    expect(shown.text).toContain(sentence);
    expect(shown.html).toContain('value="保健師"');
    expect(await person('U0NEW')).toBeNull();
  });

  test('may be one who was there before, and comes back as registered now', async () => {
    const house = await openHouse();
    const browser = await admin(house, `/people/staff/${PEOPLE.ichiro}/remove`);
    await browser.fillAndSend({}, `/people/staff/${PEOPLE.ichiro}/remove`);
    await browser.open('/people/new?center=south');
    await browser.fillAndSend({ ...NEW, [text.person.slackUserId]: ' ｕ0ichiro ' });
    expect(await person(PEOPLE.ichiro)).toMatchObject({ name: '新田 夏', center: 'east', removed_at: null });
  });
});

describe('a person', () => {
  test('is changed in every field, and told when put on duty; other admins hear of a new admin', async () => {
    const house = await openHouse();
    const browser = await admin(house, `/people/staff/${PEOPLE.takuya}`);
    const shown = await browser.fillAndSend({
      [text.person.name]: '原田 拓海',
      [text.person.profession]: '保健師',
      [text.person.role]: text.roles.manager,
      [text.person.rights]: [text.admin, text.duty],
      [text.person.email]: 'takumi@example.jp',
    });
    expect(shown.text).toContain(text.done['people.person']);
    expect(await person(PEOPLE.takuya)).toMatchObject({
      name: '原田 拓海',
      profession: '保健師',
      role: 'manager',
      is_admin: 1,
      is_on_duty: 1,
      email: 'takumi@example.jp',
      position: 2,
    });
    await house.delivered();
    expect(dmOf(house, PEOPLE.takuya)).toEqual([dutyText.begins('渡辺 誠')]);
    expect(dmOf(house, PEOPLE.kenta)).toEqual([text.adminGiven('原田 拓海', '渡辺 誠')]);
    expect(await auditOf('directory.change_person')).toMatchObject([
      {
        detail: {
          person: PEOPLE.takuya,
          role: 'staff → manager',
          admin: 'false → true',
          duty: 'false → true',
        },
      },
    ]);
  });

  test('saved unchanged leaves no trace', async () => {
    const house = await openHouse();
    const browser = await admin(house, `/people/staff/${PEOPLE.hanako}`);
    await browser.fillAndSend({});
    expect(await auditOf('directory.change_person')).toEqual([]);
  });

  test('moved to another center acts there with the next request', async () => {
    const house = await openHouse();
    const hanako = await browserOf(house, PEOPLE.hanako);
    const browser = await admin(house, `/people/staff/${PEOPLE.hanako}`);
    await browser.fillAndSend({ [text.person.center]: '西地域包括支援センター' });
    expect((await hanako.open('/settings')).text).toContain('佐藤 花子（西）');
  });

  test('changed by two admins: the second reads who was first and what is there now, keeps her input, and may save it', async () => {
    const house = await openHouse();
    const makoto = await admin(house, `/people/staff/${PEOPLE.hanako}`);
    const kenta = await admin(house, `/people/staff/${PEOPLE.hanako}`, PEOPLE.kenta);
    await kenta.fillAndSend({ [text.person.profession]: '看護師' });
    const shown = await makoto.fillAndSend({ [text.person.profession]: '保健師' });
    expect(shown.text).toContain('田中 健太さん');
    expect(shown.text).toContain('看護師');
    expect(shown.html).toContain('value="保健師"');
    expect(await person(PEOPLE.hanako)).toMatchObject({ profession: '看護師' });
    await makoto.fillAndSend({});
    expect(await person(PEOPLE.hanako)).toMatchObject({ profession: '保健師' });
  });

  test('changed by two admins at the same moment: one wins whole, the other is told', async () => {
    const house = await openHouse();
    const makoto = await admin(house, `/people/staff/${PEOPLE.hanako}`);
    const kenta = await admin(house, `/people/staff/${PEOPLE.hanako}`, PEOPLE.kenta);
    const answers = await Promise.all([
      kenta.fillAndSend({ [text.person.profession]: '看護師' }),
      makoto.fillAndSend({ [text.person.profession]: '保健師' }),
    ]);
    expect(answers.filter(({ text: shown }) => shown.includes(text.done['people.person']))).toHaveLength(1);
    expect((await auditOf('directory.change_person')).map(({ outcome }) => outcome).sort()).toEqual([
      'done',
      'refused',
    ]);
  });

  test('changed while a city file was loaded: the file is named', async () => {
    const house = await openHouse();
    const makoto = await admin(house, `/people/staff/${PEOPLE.hanako}`);
    await importAgain(house, (city) => {
      for (const each of city.staff) if (each.slackUserId === PEOPLE.hanako) each.profession = '看護師';
    });
    const shown = await makoto.fillAndSend({ [text.person.profession]: '保健師' });
    expect(shown.text).toContain('市のファイルの読み込み');
  });

  test('removed meanwhile is said to be gone, with who did it', async () => {
    const house = await openHouse();
    const makoto = await admin(house, `/people/staff/${PEOPLE.hanako}`);
    const kenta = await admin(house, `/people/staff/${PEOPLE.hanako}/remove`, PEOPLE.kenta);
    await kenta.fillAndSend({}, `/people/staff/${PEOPLE.hanako}/remove`);
    const shown = await makoto.fillAndSend({ [text.person.profession]: '保健師' });
    expect(shown.text).toContain('登録から外されました（田中 健太さん');
    expect(await person(PEOPLE.hanako)).toMatchObject({ profession: '社会福祉士' });
  });

  test('taken off the list keeps her name, and is out with her next request, signed in or in chat', async () => {
    const house = await openHouse();
    const hanako = await browserOf(house, PEOPLE.hanako);
    const path = `/people/staff/${PEOPLE.hanako}/remove`;
    const browser = await admin(house, path);
    const shown = await browser.fillAndSend({}, path);
    expect(shown.text).toContain(text.done['people.removed']);
    const sessions = 'SELECT count(*) AS n FROM web_session WHERE slack_user_id = ?';
    expect(await env.DB.prepare(sessions).bind(PEOPLE.hanako).first('n')).toBe(0);
    expect((await hanako.open('/settings')).path).toContain('/sign-in');
    expect(await person(PEOPLE.hanako)).toMatchObject({ name: '佐藤 花子' });
    const { ackBody } = await house.slack.as(PEOPLE.hanako).slash('ヘルプ', { channel: CHANNELS.general });
    expect(ackBody).toContain('登録されていません');
    expect(
      (await browser.post(path, formOf(await browser.open('/settings'), '/sign-out').fields)).text,
    ).toContain(text.done['people.removed']);
    expect(
      (await auditOf('directory.remove_person')).filter(({ outcome }) => outcome === 'done'),
    ).toHaveLength(1);
  });
});

describe('the last admin', () => {
  const alone = (city: House['city']) => {
    for (const each of city.staff) each.admin = each.slackUserId === PEOPLE.makoto;
  };

  test('cannot take the power from herself', async () => {
    const house = await openHouse(alone);
    const browser = await admin(house, `/people/staff/${PEOPLE.makoto}`);
    const shown = await browser.fillAndSend({ [text.person.rights]: [] });
    expect(shown.status).toBe(422);
    expect(shown.text).toContain(text.refusals.lastAdmin);
    expect(await person(PEOPLE.makoto)).toMatchObject({ is_admin: 1 });
  });

  test('cannot be removed', async () => {
    const house = await openHouse(alone);
    const path = `/people/staff/${PEOPLE.makoto}/remove`;
    const shown = await (await admin(house, path)).fillAndSend({}, path);
    expect(shown.text).toContain(text.refusals.lastAdmin);
    expect(await person(PEOPLE.makoto)).toMatchObject({ removed_at: null });
  });

  test('of two who remove each other at the same moment one remains', async () => {
    const house = await openHouse();
    const paths = [`/people/staff/${PEOPLE.kenta}/remove`, `/people/staff/${PEOPLE.makoto}/remove`] as const;
    const [makoto, kenta] = [await admin(house, paths[0]), await admin(house, paths[1], PEOPLE.kenta)];
    await Promise.all([makoto.fillAndSend({}, paths[0]), kenta.fillAndSend({}, paths[1])]);
    const left = await env.DB.prepare(
      'SELECT count(*) AS n FROM staff WHERE is_admin = 1 AND removed_at IS NULL',
    ).first('n');
    expect(left).toBe(1);
  });
});

test('the core center keeps somebody who takes new consultations', async () => {
  const house = await openHouse((city) => {
    for (const each of city.staff) each.duty = each.slackUserId === PEOPLE.kenta;
  });
  const path = `/people/staff/${PEOPLE.kenta}/remove`;
  const shown = await (await admin(house, path)).fillAndSend({}, path);
  expect(shown.text).toContain(directoryText.nobodyOnDuty);
  expect(await person(PEOPLE.kenta)).toMatchObject({ removed_at: null });
});

describe('a center', () => {
  test('is added, changed and closed when nobody works there', async () => {
    const house = await openHouse();
    const browser = await admin(house, '/people/centers/new');
    const words = text.center;
    await browser.fillAndSend({
      [words.code]: 'north',
      [words.name]: '北地域包括支援センター',
      [words.short]: '北',
      [words.area]: '北地区',
    });
    expect(await center('north')).toMatchObject({
      kind: 'district',
      area: '北地区',
      channel: null,
      position: 5,
    });
    await browser.open('/people/centers/north');
    await browser.fillAndSend({ [words.channel]: 'c0north', [words.area]: '' });
    expect(await center('north')).toMatchObject({ channel: 'C0NORTH', area: null, kind: 'district' });
    await browser.open('/people/centers/north/close');
    const closed = await browser.fillAndSend({}, '/people/centers/north/close');
    expect(closed.text).toContain(text.done['people.closed']);
    expect(await center('north')).toMatchObject({ closed_at: expect.any(Number) });
    for (const action of ['directory.add_center', 'directory.change_center', 'directory.close_center'])
      expect(await auditOf(action)).toMatchObject([{ chain: 'city', detail: { center: 'north' } }]);
  });

  test.each([
    ['south', text.refusals.hasStaff],
    ['kikan', text.refusals.coreCenter],
  ])('%s cannot be closed', async (code, sentence) => {
    const house = await openHouse();
    const path = `/people/centers/${code}/close`;
    const shown = await (await admin(house, path)).fillAndSend({}, path);
    expect(shown.text).toContain(sentence);
    expect(await center(code)).toMatchObject({ closed_at: null });
  });

  test.each<[string, Record<string, string>, string]>([
    ['a code in kana', { [text.center.code]: 'きた' }, directoryText.notCode],
    ['the code of another', { [text.center.code]: 'south' }, text.refusals.centerAlready],
    ['no short name', { [text.center.short]: '' }, directoryText.empty],
    ['a channel by its name', { [text.center.channel]: '#kita' }, directoryText.notChannelId],
  ])('with %s is refused beside the field', async (_, change, sentence) => {
    const house = await openHouse();
    const browser = await admin(house, '/people/centers/new');
    const shown = await browser.fillAndSend({
      [text.center.code]: 'north',
      [text.center.name]: '北センター',
      [text.center.short]: '北',
      ...change,
    });
    expect(shown.status).toBe(422);
    expect(shown.text).toContain(sentence);
    expect(await center('north')).toBeNull();
  });

  test('cannot become a second core center, whatever the form says', async () => {
    const house = await openHouse();
    const browser = await admin(house, '/people/centers/south');
    const form = formOf(browser.shown ?? (await browser.open('/')), '/modal/submit');
    await browser.post('/modal/submit', [...form.fields, ['field:kind', 'kikan']]);
    expect(await center('south')).toMatchObject({ kind: 'district' });
  });
});

test('names with markup are shown as they are, and ring nobody', async () => {
  const house = await openHouse();
  const browser = await admin(house, `/people/staff/${PEOPLE.takuya}`);
  const name = '<b>原田</b> <!channel> & "拓也"';
  await browser.fillAndSend({ [text.person.name]: name, [text.person.rights]: [text.admin] });
  const { html } = await browser.open('/people');
  expect(html).not.toContain('<b>原田');
  await house.delivered();
  expect(dmOf(house, PEOPLE.kenta).join()).not.toContain('<!channel>');
});

test('an address of nobody is not there', async () => {
  const house = await openHouse();
  const browser = await admin(house, '/people');
  for (const path of ['/people/staff/U0NOBODY', '/people/centers/none', '/people/staff/U0NOBODY/remove'])
    expect((await browser.open(path)).status).toBe(404);
});
