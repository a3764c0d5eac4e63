/** A meeting whose date is being found. */
import type { LoadedMeeting, PollState } from '../data.ts';

export interface Polling extends LoadedMeeting {
  poll: PollState;
}

export function isPolling(loaded: LoadedMeeting): loaded is Polling {
  return loaded.poll !== null && loaded.meeting.status === 'polling';
}
