/** What those who may read logs find in the menu. */
import type { NavigationEntry } from '../../../web/page-env.ts';
import type { Actor } from '../../directory/actor.ts';
import { incidentText } from './incident/text.ts';
import { logReachOf, mayInvestigate } from './rules.ts';
import { logText } from './text.ts';

export function logNavigation(actor: Actor): NavigationEntry[] {
  return [
    ...(logReachOf(actor) ? [{ path: '/log', label: logText.navigation }] : []),
    ...(mayInvestigate(actor) ? [{ path: '/incident', label: incidentText.navigation }] : []),
  ];
}
