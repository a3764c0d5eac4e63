/** What attendance adds to the view of a meeting. */
import type { MeetingPart } from '../parts.ts';

export const attendancePart: MeetingPart = () => [];
