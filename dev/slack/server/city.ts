/** Makes a workspace's people and channels from a city file. */
import * as v from 'valibot';
import type { SlackChannel, SlackUser } from '../directory.ts';

const citySchema = v.looseObject({
  name: v.string(),
  channels: v.optional(v.record(v.string(), v.string()), {}),
  centers: v.array(
    v.looseObject({
      code: v.string(),
      kind: v.string(),
      name: v.string(),
      short: v.string(),
      channel: v.optional(v.string()),
    }),
  ),
  staff: v.array(
    v.looseObject({
      slackUserId: v.string(),
      name: v.string(),
      center: v.string(),
      profession: v.optional(v.string(), ''),
      role: v.optional(v.string(), 'staff'),
      email: v.optional(v.string()),
    }),
  ),
});

export type City = v.InferOutput<typeof citySchema>;

/** The channel that everybody is in. */
export const GENERAL_CHANNEL = 'C0GENERAL';

/** People who are not in the city file, so that a newcomer can see what they are told. */
const OUTSIDERS: SlackUser[] = [
  { id: 'U0GUEST', name: '来客 太郎', email: 'guest@example.jp', title: 'ゲスト', isGuest: true },
  { id: 'U0STRANGER', name: '新人 未登録', email: 'newcomer@example.jp', title: '名簿にない人' },
];

const DEFAULT_NAMES: Record<string, string> = { triage: '相談受付', heads: 'センター長', drill: '訓練' };

/** The part of a city file that the local Slack needs; throws with the place when it does not fit. */
export function readCity(city: unknown): City {
  const parsed = v.safeParse(citySchema, city);
  if (parsed.success) return parsed.output;
  const lines = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
  throw new Error(`city file: ${lines.join('; ')}`);
}

/** Staff as users, and the two outsiders. */
export function usersOf(city: City): SlackUser[] {
  const shortOf = new Map(city.centers.map((center) => [center.code, center.short]));
  const staff = city.staff.map(
    (person): SlackUser => ({
      id: person.slackUserId,
      name: person.name,
      title: [shortOf.get(person.center), person.profession].filter(Boolean).join(' '),
      ...(person.email ? { email: person.email } : {}),
    }),
  );
  const taken = new Set(staff.map((person) => person.id));
  return [...staff, ...OUTSIDERS.filter((person) => !taken.has(person.id))];
}

/**
 * Channels: one for everybody, each center's, and the city's own (triage, heads, drill). The bot is in all of them.
 * `names` gives readable names by channel id.
 */
export function channelsOf(
  city: City,
  botUserId: string,
  names: Record<string, string> = {},
): SlackChannel[] {
  const found = new Map<string, { name: string; members: Set<string> }>();
  const put = (id: string, name: string, people: City['staff']) => {
    const channel = found.get(id) ?? { name: names[id] ?? name, members: new Set([botUserId]) };
    for (const person of people) channel.members.add(person.slackUserId);
    found.set(id, channel);
  };
  put(GENERAL_CHANNEL, '全体', city.staff);
  found.get(GENERAL_CHANNEL)?.members.add('U0GUEST').add('U0STRANGER');
  for (const [purpose, id] of Object.entries(city.channels)) {
    put(id, DEFAULT_NAMES[purpose] ?? purpose, membersFor(purpose, city));
  }
  for (const center of city.centers) {
    if (center.channel === undefined) continue;
    put(
      center.channel,
      center.short,
      city.staff.filter((person) => person.center === center.code),
    );
  }
  return [...found].map(([id, { name, members }]) => ({ id, name, members: [...members] }));
}

function membersFor(purpose: string, city: City): City['staff'] {
  if (purpose === 'heads') return city.staff.filter((person) => person.role === 'manager');
  if (purpose !== 'triage') return city.staff;
  const core = new Set(city.centers.filter((center) => center.kind === 'kikan').map((center) => center.code));
  return city.staff.filter((person) => core.has(person.center));
}
