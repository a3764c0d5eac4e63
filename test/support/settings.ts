/** 設定 as people open it, for tests of its sections. */
import { env } from 'cloudflare:workers';
import type { House } from './house.ts';
import { FORM, interactionBody, signedRequest } from './signed.ts';
import { CHANNELS } from './small-city.ts';

/** Opens `/kikan 設定` for a person. */
export async function openSettings({ slack }: House, person: string) {
  const somebody = slack.as(person);
  await somebody.slash('設定', { channel: CHANNELS.general });
  await slack.waitFor(() => somebody.modal, { what: 'the settings' });
  return somebody;
}

/** Opens a section of 設定 upon it. */
export async function openSection(house: House, person: string, label: string) {
  const somebody = await openSettings(house, person);
  await somebody.clickInModal('開く', undefined, { beside: label });
  await house.slack.waitFor(() => somebody.modals.length === 2, { what: `the section ${label}` });
  return somebody;
}

/** Sends a body as Slack does, and gives what the Worker answered. */
export async function send({ fetch, slack }: House, body: string): Promise<string> {
  const answer = await fetch(await signedRequest(body, { contentType: FORM }));
  const text = await answer.text();
  await slack.settled();
  return text;
}

/** The audit entries of an action, oldest first. */
export async function auditOf(action: string): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(
    'SELECT chain, actor, outcome, detail FROM audit_entry WHERE action = ? ORDER BY at, seq',
  )
    .bind(action)
    .all();
  return results.map((row) => ({ ...row, detail: JSON.parse(String(row.detail)) }));
}

/** A pressed button of one's own making in a modal that is really open. */
export function pressInModalBody(person: string, viewId: string, actionId: string, value: string): string {
  return interactionBody({
    type: 'block_actions',
    team: { id: 'T0MIDORI' },
    user: { id: person, team_id: 'T0MIDORI' },
    trigger_id: crypto.randomUUID(),
    container: { type: 'view', view_id: viewId },
    view: { id: viewId, type: 'modal', callback_id: '', private_metadata: '0', state: { values: {} } },
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value, action_ts: '1.1' }],
  });
}
