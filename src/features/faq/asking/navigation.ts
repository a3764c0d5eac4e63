/** The entry of the FAQ in the menu of every page. */
import type { NavigationEntry } from '../../../web/page-env.ts';
import { FAQ_PATH } from '../paths.ts';
import { askingText as text } from './text.ts';

export const faqNavigation: NavigationEntry = { path: FAQ_PATH, label: text.navigation };
