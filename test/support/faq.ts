/** Entries of the FAQ for tests: written by one person of the core center, approved by another, as the pages do. */
import { env } from 'cloudflare:workers';
import { Actor } from '../../src/features/directory/actor.ts';
import { askPlace } from '../../src/features/faq/asking/data.ts';
import { type FaqEntry, revisionPlace } from '../../src/features/faq/data.ts';
import { followIndex } from '../../src/features/faq/indexing/mutations.ts';
import type { EntryContent } from '../../src/features/faq/rules.ts';
import { openFaqKey } from '../../src/features/faq/sealing.ts';
import { changeEntry, makeEntry } from '../../src/features/faq/storing/mutations.ts';
import { publish } from '../../src/features/faq/storing/publishing/mutations.ts';
import { faqAsk } from '../../src/features/faq/tables.ts';
import type { Visibility } from '../../src/features/faq/words.ts';
import { japanDate } from '../../src/lib/jst.ts';
import { done } from '../../src/lib/result.ts';
import type { House } from './house.ts';
import { scopeAt } from './meeting.ts';
import { PEOPLE } from './small-city.ts';

export async function actorNamed(house: House, person: string): Promise<Actor> {
  const found = await Actor.find(house.db, person);
  if (!found) throw new Error(`nobody is ${person}`);
  return found.actor;
}

/** A published entry, in the index; `content` names what differs from a plain one. */
export async function publishedEntry(
  house: House,
  content: Partial<EntryContent> & { question: string },
  {
    now = new Date(),
    visibility = 'all',
    reviewedOn = japanDate(now),
    externalId = null,
  }: { now?: Date; visibility?: Visibility; reviewedOn?: string; externalId?: string | null } = {},
): Promise<FaqEntry> {
  const scope = { ...scopeAt(house, now), faqIndex: env.FAQ_INDEX };
  const actor = await actorNamed(house, PEOPLE.kenta);
  const whole: EntryContent = { aliases: [], answer: '答えです。', topics: [], links: [], ...content };
  const id = crypto.randomUUID();
  const place = revisionPlace({ entryId: id, number: 1 }, 'content');
  const revision = {
    entryId: id,
    number: 1,
    state: 'draft' as const,
    content: await (await openFaqKey(scope)).seal(place, JSON.stringify(whole)),
    visibility,
    source: 'hand' as const,
    consultationId: null,
    openQuestionId: null,
    editors: JSON.stringify([actor.slackUserId]),
    createdAt: now,
    updatedAt: now,
    proposedAt: null,
    proposedBy: null,
    decidedBy: null,
    decidedAt: null,
    note: null,
    erasedAt: null,
    erasedBy: null,
  };
  const made = { id, externalId, visibility, owner: actor.slackUserId, reviewedOn, reviewDueOn: null };
  await makeEntry(scope, actor.slackUserId, { ...made, submissionKey: id }, revision);
  const changed = await changeEntry(scope, actor, { id, action: 'faq.publish' }, async () =>
    done(publish(house.db, revision, whole, { by: 'U0TEST', now, reviewedOn })),
  );
  if (!changed.ok) throw new Error(changed.refusal.reason);
  await followIndex(scope);
  return changed.value;
}

/** Something asked to which no entry was an answer, as asking stores it. @returns the ask's id */
export async function askedInVain(
  house: House,
  person: string,
  text: string,
  columns: Partial<typeof faqAsk.$inferInsert> = {},
): Promise<string> {
  const at = columns.at ?? new Date();
  const id = crypto.randomUUID();
  const actor = await actorNamed(house, person);
  const key = await openFaqKey(scopeAt(house, at));
  await house.db.insert(faqAsk).values({
    id,
    askedBy: person,
    center: actor.center.code,
    way: 'command',
    text: await key.seal(askPlace(id, 'text'), text),
    sameness: id,
    at,
    shown: '[]',
    unansweredAt: at,
    ...columns,
  });
  return id;
}
