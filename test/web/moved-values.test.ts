/**
 * Somebody writes into the database: sealed values of one case are put into the rows of another. Whatever page needs them says so and
 * shows nothing of the other case; the admins are alarmed.
 */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { alarmText } from '../../src/features/directory/alarms/text.ts';
import { sendConsultation } from '../support/consulting.ts';
import { submitForged } from '../support/forged.ts';
import { type House, openHouse } from '../support/house.ts';
import { PDF } from '../support/office-files.ts';
import { USUAL } from '../support/operating.ts';
import { statePurposes } from '../support/purpose.ts';
import { PEOPLE } from '../support/small-city.ts';
import { Visitor } from '../support/visitor.ts';

const CASE = '/cases/R8-0001';

/** What stands in the second case, and must never be seen on a page of the first. */
const THEIRS = 'よその相談';

async function caseIds(): Promise<[own: string, other: string]> {
  const { results } = await env.DB.prepare('SELECT id FROM consultation ORDER BY reference').all<{
    id: string;
  }>();
  const [own, other] = results;
  if (!own || !other) throw new Error('two cases are needed');
  return [own.id, other.id];
}

/** Two cases alike, something written in every part of each. */
async function twoCases(house: House): Promise<void> {
  const words = { 0: 'この相談', 1: THEIRS };
  for (const [index, own] of Object.entries(words))
    await sendConsultation(house, {
      ...USUAL,
      対象者の氏名: `${own}の方`,
      電話番号: `0463-21-99${index}0`,
      被保険者番号: `000123456${index}`,
      相談内容: `${own}の内容`,
    });
  await statePurposes(PEOPLE.kenta);
  const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
  const hanako = await Visitor.signedIn(house, PEOPLE.hanako);
  for (const [number, id] of Object.entries(await caseIds())) {
    const own = number === '0' ? words[0] : words[1];
    const reference = `R8-000${Number(number) + 1}`;
    const stored = [
      await submitForged(kenta, 'consultation.answer', `${id}/99`, { values: { body: `${own}の回答` } }),
      await submitForged(hanako, 'consultation.comment', `${id}/99`, { values: { body: `${own}の追記` } }),
      await hanako.post(`/cases/${reference}/files`, [
        ['view_id', crypto.randomUUID()],
        ['file', new File([PDF], `${own}の書類.pdf`)],
      ]),
      await kenta.post(`/retention/${reference}/hold`, [['reason', `${own}を保つ理由`]]),
      await kenta.post('/requests', [
        ['reference', reference],
        ['kind', 'disclosure'],
        ['receivedOn', '2026-10-01'],
        ['note', `${own}の請求`],
      ]),
    ];
    expect(stored.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303]);
  }
}

interface Move {
  /** As the vault names it. */
  place: `${string}.${string}`;
  /** The column that says whose row it is. */
  of: 'consultation_id' | 'case_id';
  /** Each needs the value; a search is a form. */
  pages: readonly string[];
}

const SEARCH = '/cases/search';
const COPY = `${CASE}/disclosure`;

function movesOf(request: string): readonly Move[] {
  const of = 'consultation_id';
  return [
    {
      place: 'consultation_content.body',
      of,
      pages: [CASE, `${CASE}/print`, `${CASE}/do/answer`, COPY],
    },
    { place: 'consultation_content.subjectName', of, pages: [CASE, SEARCH] },
    { place: 'answer.body', of, pages: [CASE, COPY] },
    { place: 'note.body', of, pages: [CASE, `${CASE}/print`] },
    { place: 'case_file.name', of, pages: [CASE] },
    { place: 'legal_hold.reason', of, pages: ['/retention/R8-0001'] },
    { place: 'resident_request.note', of, pages: [`/requests/${request}`] },
    { place: 'case_key.wrapped', of: 'case_id', pages: [CASE, `${CASE}/print`] },
  ];
}

/** Puts the other case's value into the own case's row; what it answers puts the own value back. */
async function move({ place, of }: Move, own: string, other: string): Promise<() => Promise<unknown>> {
  const [table, name = ''] = place.split('.');
  const column = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const read = `SELECT ${column} AS value FROM ${table} WHERE ${of} = ?`;
  const write = `UPDATE ${table} SET ${column} = ? WHERE ${of} = ?`;
  const sealedOf = (id: string) => env.DB.prepare(read).bind(id).first<string>('value');
  const [before, theirs] = [await sealedOf(own), await sealedOf(other)];
  if (before === null || theirs === null || before === theirs) throw new Error(`nothing to move in ${place}`);
  await env.DB.prepare(write).bind(theirs, own).run();
  return () => env.DB.prepare(write).bind(before, own).run();
}

test('a value moved from another case is not shown on any page, and the admins are alarmed once', async () => {
  const house = await openHouse();
  await twoCases(house);
  const [own, other] = await caseIds();
  const request = String(
    await env.DB.prepare('SELECT id FROM resident_request WHERE consultation_id = ?').bind(own).first('id'),
  );
  const kenta = await Visitor.signedIn(house, PEOPLE.kenta);
  const copied = [
    ['request', request],
    ['case', 'R8-0001'],
    ['format', 'html'],
  ] as const;
  const ask = (path: string) => {
    if (path === SEARCH) return kenta.post(path, [['words', 'この相談の方']]);
    return path === COPY ? kenta.post(path, copied) : kenta.get(path);
  };
  const moves = movesOf(request);
  for (const each of moves) {
    for (const path of each.pages)
      expect([each.place, path, (await ask(path)).status]).toEqual([each.place, path, 200]);
    const putBack = await move(each, own, other);
    for (const path of each.pages) {
      const { status, body, headers } = await ask(path);
      expect([each.place, path, status]).toEqual([each.place, path, 500]);
      expect(body).toContain(alarmText.altered);
      expect([each.place, path, body.includes(THEIRS)]).toEqual([each.place, path, false]);
      expect(headers.get('cache-control')).toContain('no-store');
    }
    await putBack();
  }
  await house.delivered();
  const { results } = await env.DB.prepare(
    `SELECT case_id AS caseId, actor, surface, (detail->>'table') || '.' || (detail->>'column') AS place
     FROM audit_entry WHERE action = 'vault.alarm' ORDER BY seq`,
  ).all();
  expect(results).toEqual(
    moves.map(({ place }) => ({ caseId: own, actor: PEOPLE.kenta, surface: 'web', place })),
  );
  for (const admin of [PEOPLE.kenta, PEOPLE.makoto]) {
    const told = house.slack.as(admin).dm.filter(({ text }) => text.includes('書き換えられたか'));
    expect(told).toHaveLength(moves.length);
    expect(JSON.stringify(told)).not.toContain('相談の');
  }
  expect(house.logs.join()).not.toContain('相談の');
}, 60_000);
