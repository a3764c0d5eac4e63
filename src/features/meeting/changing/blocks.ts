/** What changing adds to the view of a meeting. */
import type { MeetingPart } from '../parts.ts';

export const changingPart: MeetingPart = () => [];
