/** The entry of 会議 in the menu of every page. */
import type { NavigationEntry } from '../../../web/page-env.ts';
import { MEETINGS_PATH } from '../paths.ts';
import { meetingPagesText as text } from './text.ts';

export const meetingNavigation: NavigationEntry = { path: MEETINGS_PATH, label: text.navigation };
