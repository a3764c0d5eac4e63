/** The entry of 点呼 in the menu of every page. */
import type { NavigationEntry } from '../../../web/page-env.ts';
import { ROLL_CALLS_PATH } from '../paths.ts';
import { rollCallPagesText as text } from './text.ts';

export const rollCallNavigation: NavigationEntry = { path: ROLL_CALLS_PATH, label: text.navigation };
