/**
 * One person's meetings as iCalendar (RFC 5545), for programs that nobody is signed in with: whoever has the address reads it. The
 * address has 256 random bits, so guessing is hopeless and is not counted.
 */
import ical, { ICalEventBusyStatus, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Scope } from '../../../slack/scope.ts';
import { listFeedSeats, openFeed } from './data.ts';
import { eventsOf, type FeedEvent } from './rules.ts';
import { calendarText as text } from './text.ts';

/** How often programs may ask, as they are told: seconds. */
const REFRESH_SECONDS = 60 * 60;

/** No part of a text of RFC 5545 (3.3.11): controls other than tab and line end. */
const CONTROLS = /[\p{Cc}--[\t\n]]/gv;

/**
 * Answers a program that asks for a feed. Whatever opens nothing is answered alike, without a cookie, and is led nowhere to sign in.
 * @param file `<secret>.ics`
 */
export async function answerFeed(scope: Scope, file: string): Promise<Response> {
  const [, secret] = /^([\w-]{43})\.ics$/.exec(file) ?? [];
  const actor = secret === undefined ? undefined : await openFeed(scope.db, secret, scope.now);
  if (!actor)
    return new Response(text.notFound, {
      status: 404,
      headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    });
  const events = eventsOf(await listFeedSeats(scope.db, actor, scope.now), actor.slackUserId);
  const { host } = new URL(scope.settings.PUBLIC_URL);
  return new Response(writeCalendar(events, text.calendarName(actor.city.name), host), {
    headers: {
      ...HEADERS,
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, max-age=300',
    },
  });
}

/** The address is a secret: it goes into no other site's log, and no search engine keeps what it opens. */
const HEADERS = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
} as const;

/** @param host makes the events' ids unique in the world (RFC 5545, 3.8.4.7) */
export function writeCalendar(events: readonly FeedEvent[], name: string, host: string): string {
  const calendar = ical({
    name: clean(name),
    prodId: { company: 'kikan', product: 'meetings', language: 'JA' },
    ttl: REFRESH_SECONDS,
  });
  for (const event of events)
    calendar.createEvent({
      id: `${event.id}@${host}`,
      start: event.startsAt,
      end: event.endsAt,
      stamp: event.changedAt,
      lastModified: event.changedAt,
      sequence: event.sequence,
      status: event.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency:
        event.isBusy && !event.isCancelled ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
      busystatus: event.isBusy && !event.isCancelled ? ICalEventBusyStatus.BUSY : ICalEventBusyStatus.FREE,
      summary: clean(event.summary),
      ...(event.place === null ? {} : { location: clean(event.place) }),
      ...(event.url === null ? {} : { url: addressOf(event.url) }),
    });
  const written = calendar.toString();
  return written.endsWith('\r\n') ? written : `${written}\r\n`;
}

/**
 * An address as RFC 5545 has it (3.3.13: not escaped as texts are). ical-generator escapes it all the same, so that what it would
 * escape is percent-encoded beforehand. Null for what is no address.
 */
function addressOf(url: string): string | null {
  return URL.parse(url)?.href.replaceAll(/[,;\\]/g, encodeURIComponent) ?? null;
}

function clean(value: string): string {
  return value.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll(CONTROLS, '');
}
