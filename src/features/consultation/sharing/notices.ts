/** Who hears of a shared note: the managers who check it, whoever proposed it, all district centers. */
import { mention } from '../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { type Colleague, listCenterStaff, listDistrictCenters } from '../../directory/data.ts';
import { operationButton, readNoteButton, referenceMessage } from '../blocks.ts';
import { type Consultation, type LoadedConsultation, standingOf } from '../data.ts';
import { tell } from '../notices.ts';
import { listThoseWhoMay } from '../people.ts';
import { SHARING_KINDS } from '../words.ts';
import { goneMessage, sharedMessage } from './blocks.ts';
import type { SharedNote } from './data.ts';
import { sharingText as text } from './text.ts';

/** Who may approve what this person proposed: another core manager; the proposer, where there is no other. */
export async function listApprovers(
  scope: Scope,
  loaded: LoadedConsultation,
  proposer: string,
): Promise<Colleague[]> {
  const core = { code: loaded.coreCenter, kind: 'kikan' } as const;
  const able = await listThoseWhoMay(scope.db, 'settle_sharing', core, standingOf(loaded));
  const others = able.filter(({ slackUserId }) => slackUserId !== proposer);
  return others.length > 0 ? others : able;
}

export function proposedEntries(
  actor: Actor,
  of: Consultation,
  note: Pick<SharedNote, 'kind'>,
  approvers: readonly Colleague[],
): OutboxEntry[] {
  const sentence = text.proposed(of.reference, SHARING_KINDS[note.kind], mention(actor.slackUserId));
  const message = referenceMessage(sentence, [operationButton('settle_sharing', of.id)]);
  return approvers.map(({ slackUserId }) => tell(slackUserId, message));
}

/** One post in each channel of the open district centers; `note` is approved. */
export async function sharedPosts({ db }: Scope, of: Consultation, note: SharedNote): Promise<OutboxEntry[]> {
  const message = sharedMessage(of.reference, note);
  return postsWith(db, note, message);
}

/** The same posts, of a note that can be read no more. */
export async function gonePosts({ db }: Scope, of: Consultation, note: SharedNote): Promise<OutboxEntry[]> {
  return postsWith(db, note, goneMessage(of.reference));
}

async function postsWith(
  db: Scope['db'],
  note: SharedNote,
  message: ReturnType<typeof goneMessage>,
): Promise<OutboxEntry[]> {
  const centers = await listDistrictCenters(db);
  const channels = new Set(centers.flatMap(({ channel }) => channel ?? []));
  return [...channels].map((channel) => ({
    kind: 'card',
    slot: `sharing/${note.id}/${channel}`,
    channel,
    message,
  }));
}

/** To whoever proposed it, if still at the core center. `reasonId` names the note with the reason. */
export async function settledEntries(
  scope: Scope,
  actor: Actor,
  loaded: LoadedConsultation,
  note: SharedNote,
  reasonId: string | null,
): Promise<OutboxEntry[]> {
  const { consultation: of, coreCenter } = loaded;
  const colleagues = await listCenterStaff(scope.db, coreCenter);
  const isThere = colleagues.some(({ slackUserId }) => slackUserId === note.proposedBy);
  if (!isThere || note.proposedBy === actor.slackUserId) return [];
  const sentences = {
    approved: text.approved,
    returned: text.returned,
    withdrawn: text.withdrawn,
    proposed: text.approved,
  };
  const buttons = [
    ...(reasonId === null ? [] : [readNoteButton(of, reasonId, text.readReason)]),
    ...(note.state === 'returned' ? [operationButton('share', of.id, undefined, text.mend)] : []),
  ];
  return [tell(note.proposedBy, referenceMessage(sentences[note.state](of.reference), buttons))];
}
