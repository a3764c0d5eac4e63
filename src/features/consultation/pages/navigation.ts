/** What a person finds in the menu of every page. */
import type { NavigationEntry } from '../../../web/page-env.ts';
import type { Actor } from '../../directory/actor.ts';
import { pagesText as text } from './text.ts';

export function navigationOf(_actor: Actor): NavigationEntry[] {
  return [{ path: '/', label: text.inbox }];
}
