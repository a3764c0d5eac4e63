/** Operations on the only case of a house, as people do them: by label, or with a button of one's own making. */
import { env } from 'cloudflare:workers';
import type { Message } from '../../dev/slack/client-api.ts';
import type { Words } from '../../dev/slack/people/choose.ts';
import { type Fields, sendConsultation } from './consulting.ts';
import type { House } from './house.ts';
import { FORM, pressBody, signedRequest, submissionBody } from './signed.ts';
import { PEOPLE } from './small-city.ts';

/** A consultation of 佐藤 花子 (東) that 伊藤 直子 (基幹型) has in charge. */
export async function acceptedConsultation(house: House) {
  const sent = await sendConsultation(house);
  const naoko = house.slack.as(PEOPLE.naoko);
  await naoko.click(sent.card(), '受け付ける');
  await house.slack.waitFor(() => sent.card().text.includes('受付済'));
  await house.delivered();
  return { ...sent, naoko };
}

/** Not urgent, and about nothing that a manager must close. */
export const USUAL: Fields = { 緊急度: '通常', 分類: ['認知症'] };

/** A consultation of 佐藤 花子 (東) that 伊藤 直子 accepted with a button of the test's own making. */
export async function acceptedCase(house: House, fields: Fields = USUAL) {
  const sent = await sendConsultation(house, fields);
  await press(house, PEOPLE.naoko, 'accept');
  return { ...sent, id: await caseId(), naoko: house.slack.as(PEOPLE.naoko) };
}

/** Not the word to those on duty that a case of 至急 arrived, which comes before all that tests are about. */
export function isNews({ text }: Pick<Message, 'text'>): boolean {
  return !text.includes('が届きました');
}

export async function caseId(): Promise<string> {
  return String(await env.DB.prepare('SELECT id FROM consultation').first('id'));
}

/** The stored columns of the only case. */
export async function caseRow(): Promise<Record<string, unknown>> {
  return (await env.DB.prepare('SELECT * FROM consultation').first()) ?? {};
}

/** The latest change of the case, as the audit log has it. */
export async function latestChange(): Promise<{
  actor: string;
  action: string;
  detail: Record<string, unknown>;
}> {
  const row = await env.DB.prepare(
    "SELECT actor, action, detail FROM audit_entry WHERE chain LIKE 'case:%' ORDER BY seq DESC LIMIT 1",
  ).first<{ actor: string; action: string; detail: string }>();
  if (!row) throw new Error('no change');
  const { version: _version, status: _status, was: _was, ...detail } = JSON.parse(row.detail);
  return { actor: row.actor, action: row.action, detail };
}

/** What a person was refused, as the audit log has it. */
export async function refusalsOf(person: string): Promise<{ action: string; reason: string }[]> {
  const { results } = await env.DB.prepare(
    "SELECT action, detail->>'reason' AS reason FROM audit_entry WHERE outcome = 'refused' AND actor = ? ORDER BY seq",
  )
    .bind(person)
    .all<{ action: string; reason: string }>();
  return results;
}

/** What the only case has deadlines for, by kind. */
export async function deadlines(): Promise<string[]> {
  const { results } = await env.DB.prepare('SELECT kind FROM deadline ORDER BY kind').all<{ kind: string }>();
  return results.map(({ kind }) => kind);
}

export function lastOf(messages: readonly Message[]): Message {
  const last = messages.at(-1);
  if (!last) throw new Error('no message');
  return last;
}

/** Clicks what changes the case, and waits until it did. */
export async function click(house: House, person: string, message: Message, label: string): Promise<void> {
  const { version } = await caseRow();
  await house.slack.as(person).click(message, label);
  await house.slack.waitFor(async () => (await caseRow()).version !== version, { what: label });
  await house.delivered();
}

/** Presses an operation's button on a card or DM and waits for its form. */
export async function openOperation(house: House, person: string, message: Message, label: string) {
  const somebody = house.slack.as(person);
  await somebody.click(message, label);
  await house.slack.waitFor(() => somebody.modal, { what: `the form of ${label}` });
  return somebody;
}

/** Opens an operation's form through すべての操作. */
export async function openFromList(house: House, person: string, card: Message, label: string) {
  const somebody = house.slack.as(person);
  await somebody.click(card, 'すべての操作…');
  await house.slack.waitFor(() => somebody.modal, { what: 'the list of operations' });
  await somebody.clickInModal(label);
  await house.slack.waitFor(() => Object.keys(somebody.filledIn).length > 0, {
    what: `the form of ${label}`,
  });
  return somebody;
}

/** Opens an operation's form, fills and submits it; throws what stands beside its fields. */
export async function operate(
  house: House,
  person: string,
  message: Message,
  label: string,
  fields: Record<string, Words> = {},
) {
  const somebody = await openOperation(house, person, message, label);
  const { errors } = await somebody.fillAndSubmit(fields);
  if (errors) throw new Error(JSON.stringify(errors));
  await house.delivered();
  return somebody;
}

/** Presses a button of one's own making, the case's id as its value unless told, and waits until it took effect. */
export async function press(house: House, person: string, operation: string, value?: string) {
  const { version } = await caseRow();
  await sendPress(house, person, operation, value);
  await house.slack.waitFor(async () => (await caseRow()).version !== version, { what: operation });
  await house.delivered();
}

/** The same, and what the person who is refused then reads. */
export async function pressRefused(
  house: House,
  person: string,
  operation: string,
  value?: string,
): Promise<string> {
  const somebody = house.slack.as(person);
  const before = somebody.ephemerals.length;
  await sendPress(house, person, operation, value);
  await house.slack.waitFor(() => somebody.ephemerals.length > before, { what: `a refusal of ${operation}` });
  if (somebody.modal) throw new Error('a form was opened');
  return somebody.ephemerals.at(-1)?.text ?? '';
}

async function sendPress(house: House, person: string, operation: string, value?: string): Promise<void> {
  const body = pressBody(person, `consultation.${operation}`, value ?? (await caseId()));
  await house.fetch(await signedRequest(body, { contentType: FORM }));
}

export const CLOSED = { response_action: 'clear' } as const;

/** A submitted form of one's own making: what Slack's client would not let through, too. `CLOSED` when it was stored. */
export async function submitForged(
  house: House,
  person: string,
  operation: string,
  values: Record<string, object>,
): Promise<unknown> {
  const { id, version } = await caseRow();
  const body = submissionBody(person, {
    id: `V${crypto.randomUUID()}`,
    callbackId: `consultation.${operation}`,
    metadata: `${id}/${version}`,
    values,
  });
  const answer = await (await house.fetch(await signedRequest(body, { contentType: FORM }))).text();
  await house.delivered();
  return answer === '' ? undefined : JSON.parse(answer);
}

export function typed(value: string | null): object {
  return { type: 'plain_text_input', value };
}

export function day(value: string | null): object {
  return { type: 'datepicker', selected_date: value };
}

export function picked(value: string): object {
  return { type: 'radio_buttons', selected_option: { value } };
}

export function chosen(value: string): object {
  return { type: 'static_select', selected_option: { value, text: { type: 'plain_text', text: 'x' } } };
}

export function chosenSome(...values: string[]): object {
  return {
    type: 'multi_static_select',
    selected_options: values.map((value) => ({ value, text: { type: 'plain_text', text: 'x' } })),
  };
}
