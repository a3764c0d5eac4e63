/** What a subject of 会議 adds to the view of one meeting, in chat and on its page alike. */
import type { types } from '@slack/bolt';
import type { Actor } from '../directory/actor.ts';
import type { LoadedMeeting } from './data.ts';

/**
 * Facts and buttons for this person: references, controlled words, dates, names of staff and centers; a button's value begins with the
 * meeting's id. Nothing where there is nothing for her; requires that she may see the meeting.
 */
export type MeetingPart = (loaded: LoadedMeeting, actor: Actor, now: Date) => readonly types.KnownBlock[];
