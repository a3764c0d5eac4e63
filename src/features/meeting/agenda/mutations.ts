/** Putting items on the agenda, changing, ordering and withdrawing them: once a form, never over what somebody else wrote meanwhile. */
import { and, eq, isNull } from 'drizzle-orm';
import { sha256Hex } from '../../../lib/bytes.ts';
import type { Statement } from '../../../lib/db.ts';
import { done, type NotFound, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { circleOf, type LoadedMeeting } from '../data.ts';
import { mayArrange } from '../rules.ts';
import { openMeetingsKey } from '../sealing.ts';
import { changeMeeting } from '../storing/mutations.ts';
import { listAgenda, type OpenedItem, titlePlace } from './data.ts';
import { type AgendaDenial, denialOf, MAX_ITEMS } from './rules.ts';
import { agendaItem } from './tables.ts';

export type AgendaRefusal =
  | { reason: AgendaDenial | 'not-yours' | 'full' | 'removed' }
  | { reason: 'changed'; latest: OpenedItem };

type Changed = Result<LoadedMeeting, AgendaRefusal | NotFound>;

/** What an item says; the ids are of what `data.findSubject` found. */
export interface ItemInput {
  title: string;
  minutes: number | null;
  consultationId: string | null;
  issueId: string | null;
}

/** The row of a new item, its title sealed; also for what other subjects put on an agenda (地域課題). */
export async function newItemRow(
  scope: Scope,
  actor: Actor,
  { id, meetingId, position, input }: { id: string; meetingId: string; position: number; input: ItemInput },
): Promise<typeof agendaItem.$inferInsert> {
  const key = await openMeetingsKey(scope);
  return {
    id,
    meetingId,
    position,
    ...input,
    title: await key.seal(titlePlace(id), input.title),
    center: actor.center.code,
    proposedBy: actor.slackUserId,
    proposedAt: scope.now,
    removedAt: null,
  };
}

/** Puts an item at the end. @param form of the form: sent again, it adds nothing */
export async function proposeItem(
  scope: Scope,
  actor: Actor,
  { meetingId, form }: { meetingId: string; form: string },
  input: ItemInput,
): Promise<Changed> {
  const id = (await sha256Hex(`agenda/${actor.slackUserId}/${form}`)).slice(0, 32);
  const wish = { id: meetingId, action: 'meeting.propose_item' };
  return changeMeeting<AgendaRefusal | NotFound>(scope, actor, wish, async (loaded) => {
    const denial = denialOf(actor, circleOf(loaded), loaded.meeting, scope.now);
    if (denial) return refused({ reason: denial });
    const items = await listAgenda(scope, meetingId);
    if (items.some((each) => each.id === id)) return done(undefined);
    if (items.length >= MAX_ITEMS) return refused({ reason: 'full' });
    const position = Math.max(0, ...items.map((each) => each.position)) + 1;
    return done({
      detail: { item: id },
      statements: [
        scope.db
          .insert(agendaItem)
          .values(await newItemRow(scope, actor, { id, meetingId, position, input })),
      ],
    });
  });
}

/** Changes an item. @param mark of the item as the form showed it */
export function changeItem(
  scope: Scope,
  actor: Actor,
  { meetingId, itemId, mark }: { meetingId: string; itemId: string; mark: string },
  input: ItemInput,
): Promise<Changed> {
  return changeOne(scope, actor, { meetingId, itemId, action: 'meeting.change_item' }, async (item) => {
    const { title, minutes, consultationId, issueId } = input;
    const isSame =
      item.title === title &&
      item.minutes === minutes &&
      item.consultationId === consultationId &&
      item.issueId === issueId;
    if (isSame) return done([]);
    if (item.mark !== mark) return refused({ reason: 'changed', latest: item });
    const key = await openMeetingsKey(scope);
    const sealed = await key.seal(titlePlace(itemId), title);
    return done([
      scope.db
        .update(agendaItem)
        .set({ title: sealed, minutes, consultationId, issueId })
        .where(eq(agendaItem.id, itemId)),
    ]);
  });
}

export function removeItem(
  scope: Scope,
  actor: Actor,
  { meetingId, itemId }: { meetingId: string; itemId: string },
): Promise<Changed> {
  return changeOne(scope, actor, { meetingId, itemId, action: 'meeting.remove_item' }, async () =>
    done([
      scope.db
        .update(agendaItem)
        .set({ removedAt: scope.now })
        .where(and(eq(agendaItem.id, itemId), isNull(agendaItem.removedAt))),
    ]),
  );
}

/** Puts an item one place up or down; for those who arrange the meeting. */
export function moveItem(
  scope: Scope,
  actor: Actor,
  { meetingId, itemId, toward }: { meetingId: string; itemId: string; toward: 'up' | 'down' },
): Promise<Changed> {
  const wish = { meetingId, itemId, action: 'meeting.move_item' };
  return changeOne(scope, actor, wish, async (_item, items, loaded) => {
    if (!mayArrange(actor, circleOf(loaded))) return refused({ reason: 'not-yours' });
    const order = items.map(({ id }) => id);
    const from = order.indexOf(itemId);
    const to = toward === 'up' ? from - 1 : from + 1;
    const other = order[to];
    if (other === undefined) return done([]);
    order[to] = itemId;
    order[from] = other;
    // All of them: items of equal position would stay where they are.
    return done(
      order.map((id, position) =>
        scope.db
          .update(agendaItem)
          .set({ position: position + 1 })
          .where(eq(agendaItem.id, id)),
      ),
    );
  });
}

/** For whoever put it forward, and those who arrange the meeting, while the agenda is open to them. */
async function changeOne(
  scope: Scope,
  actor: Actor,
  { meetingId, itemId, action }: { meetingId: string; itemId: string; action: string },
  statementsOf: (
    item: OpenedItem,
    items: readonly OpenedItem[],
    loaded: LoadedMeeting,
  ) => Promise<Result<Statement[], AgendaRefusal>>,
): Promise<Changed> {
  return changeMeeting<AgendaRefusal | NotFound>(scope, actor, { id: meetingId, action }, async (loaded) => {
    const circle = circleOf(loaded);
    const denial = denialOf(actor, circle, loaded.meeting, scope.now);
    if (denial) return refused({ reason: denial });
    const items = await listAgenda(scope, meetingId);
    const item = items.find((each) => each.id === itemId);
    if (!item) return refused({ reason: 'removed' });
    if (item.proposedBy !== actor.slackUserId && !mayArrange(actor, circle))
      return refused({ reason: 'not-yours' });
    const statements = await statementsOf(item, items, loaded);
    if (!statements.ok) return statements;
    if (statements.value.length === 0) return done(undefined);
    return done({ detail: { item: itemId }, statements: statements.value });
  });
}
