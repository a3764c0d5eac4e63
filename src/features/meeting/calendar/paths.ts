/** Addresses of one's own calendar: the page where it is made, and the feed itself. */
import { MEETINGS_PATH } from '../paths.ts';

export const CALENDAR_PATH = `${MEETINGS_PATH}/calendar`;
export const FEED_PATH = '/calendar';

export function feedPath(secret: string): string {
  return `${FEED_PATH}/${secret}.ics`;
}
