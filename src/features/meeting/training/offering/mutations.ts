/** Planning a training: a meeting without seats, which people apply for; announced once, in its batch. */
import { eraYear, fiscalYearOf } from '../../../../lib/jst.ts';
import { done, type Result, refused } from '../../../../lib/result.ts';
import { button, markdownSection } from '../../../../slack/block-kit.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { findCenterInCity, findCity } from '../../../directory/data.ts';
import { listKinds } from '../../../directory/meeting-kinds/data.ts';
import type { MeetingKind } from '../../../directory/meeting-kinds/rules.ts';
import { ACTIONS } from '../../actions.ts';
import { listContacts } from '../../attendance/data.ts';
import { channelOf, factLines } from '../../cards/blocks.ts';
import type { LoadedMeeting, Meeting } from '../../data.ts';
import { createMeeting, type Making } from '../../making/mutations.ts';
import { mayCall } from '../../rules.ts';
import { noteRefusal } from '../../storing/mutations.ts';
import { meetingText } from '../../text.ts';
import { trainingLines } from '../applying/blocks.ts';
import { listOpenCenters, listProfessions } from '../data.ts';
import { training } from '../tables.ts';
import type { OfferForm } from './schema.ts';
import { offeringText as text } from './text.ts';

/** The kinds of training that somebody may plan. */
export async function listOwnKinds({ db }: Scope, actor: Actor): Promise<MeetingKind[]> {
  const kinds = await listKinds(db);
  return kinds.filter((kind) => kind.isTraining && mayCall(actor, kind));
}

/** @param submissionKey of the form: sent again, it makes nothing and is answered the same */
export async function offerTraining(
  scope: Scope,
  actor: Actor,
  wanted: OfferForm,
  submissionKey: string,
): Promise<Result<{ id: string; reference: string }, { reason: 'not-found' }>> {
  const { db } = scope;
  const [kinds, centers, city, known] = await Promise.all([
    listOwnKinds(scope, actor),
    listOpenCenters(db),
    findCity(db),
    listProfessions(db),
  ]);
  const kind = kinds.find(({ id }) => id === wanted.kind);
  const host =
    kind && actor.center.kind === kind.host
      ? actor.center
      : centers.find((each) => kind && each.kind === kind.host);
  // Professions are shown in channels: those of the directory only, nothing that somebody made up.
  const isKnown = wanted.professions.every((each) => known.includes(each));
  if (!kind || !host || !city || !isKnown) {
    await noteRefusal(scope, actor, 'meeting.offer_training', undefined, 'not-found');
    return refused({ reason: 'not-found' });
  }
  const { seats, professions, applyBy, startsAt, endsAt, title, place, url } = wanted;
  const { fiscalYearStart } = city;
  const state = { seats, professions, applyBy, accepted: 0, waiting: 0 };
  const made = await createMeeting(
    scope,
    {
      kind,
      hostCenter: host.code,
      series: eraYear(fiscalYearOf(startsAt, fiscalYearStart), fiscalYearStart),
      seats: [],
      organiser: actor.slackUserId,
      submissionKey,
      columns: { status: 'fixed', title, startsAt, endsAt, place, url },
    },
    async ({ id, meeting: row }): Promise<Making> => ({
      after: { training: state },
      statements: [
        db
          .insert(training)
          .values({ meetingId: id, seats, professions: JSON.stringify(professions), applyBy }),
      ],
      ...(await announcementOf(scope, actor, row, { kind, training: state })),
    }),
  );
  return done(made);
}

/** To each center's contacts, where no channel shows the card. */
async function announcementOf(
  { db }: Scope,
  actor: Actor,
  row: Meeting,
  { kind, training: of }: { kind: MeetingKind; training: NonNullable<LoadedMeeting['training']> },
): Promise<Pick<Making, 'told' | 'entries'>> {
  const found = await findCenterInCity(db, row.hostCenter);
  if (!found) throw new Error('a meeting has a host in the city');
  const { code, kind: hostKind, short, channel } = found.center;
  const shown = {
    meeting: row,
    kind,
    host: { code, kind: hostKind, short, channel },
    headsChannel: found.city.headsChannel,
    training: of,
  };
  if (channelOf(shown) !== null) return {};
  const centers = await listOpenCenters(db);
  const contacts = await listContacts(
    db,
    centers.map((each) => each.code),
  );
  const people = [...new Set([...contacts.values()].flat())].filter((each) => each !== actor.slackUserId);
  const name = escapeMrkdwn(meetingText.name(row.reference, kind.name, row.title));
  const lines = [text.offered(name), ...factLines(shown), ...trainingLines(shown)];
  return {
    told: people.map((recipient) => ({ what: 'offered', recipient })),
    entries: people.map((person) => ({
      kind: 'direct',
      person,
      message: {
        text: name,
        blocks: [
          markdownSection(lines.join('\n')),
          {
            type: 'actions',
            elements: [
              button(ACTIONS.apply.actionId, ACTIONS.apply.label, row.id, 'primary'),
              button(ACTIONS.open.actionId, ACTIONS.open.label, row.id),
            ],
          },
        ],
      },
    })),
  };
}
