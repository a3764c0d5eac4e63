/** The requests of ../client-api.ts; both sides are built together, so answers are trusted to have its types. */
import type { Act, ActResult, Faults, Message, Person, Snapshot, TrafficEntry } from '../client-api.ts';

/** Which external select asks: in a view, or in a message. The server's `OptionsRequest`. */
export interface OptionsAsked {
  user: string;
  viewId?: string;
  channel?: string;
  ts?: string;
  blockId: string;
  actionId: string;
  value: string;
}
type OptionsAnswer = { ok: true; options: Record<string, unknown>[] } | { ok: false; message: string };

async function readJson<T>(path: string, query: Record<string, string> = {}): Promise<T> {
  const answer = await fetch(`/client/${path}?${new URLSearchParams(query)}`);
  if (!answer.ok) throw new Error(`/client/${path} answered ${answer.status}`);
  return answer.json();
}

async function postJson<T>(path: string, body: unknown): Promise<T> {
  const answer = await fetch(`/client/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`/client/${path} answered ${answer.status}`);
  return answer.json();
}

export const readPeople = () => readJson<Person[]>('people');
export const readSnapshot = (user: string) => readJson<Snapshot>('snapshot', { user });
export const readMessages = (user: string, channel: string, thread = '') =>
  readJson<Message[]>('messages', thread ? { user, channel, thread } : { user, channel });
export const readTraffic = (after: number) => readJson<TrafficEntry[]>('traffic', { after: String(after) });
export const readFaults = () => readJson<Faults>('faults');
export const sendFaults = (faults: Faults) => postJson<Faults>('faults', faults);
export const sendAct = (act: Act) => postJson<ActResult>('act', act);
export const askOptions = (asked: OptionsAsked) => postJson<OptionsAnswer>('options', asked);
export const streamUrl = (user: string) => `/client/stream?${new URLSearchParams({ user })}`;
