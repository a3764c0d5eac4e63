/** Addresses of minutes. */
import { meetingPath } from '../paths.ts';

export function minutesPath(reference: string): string {
  return `${meetingPath(reference)}/minutes`;
}
