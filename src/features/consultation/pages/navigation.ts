/** What a person finds in the menu of every page. */
import type { NavigationEntry } from '../../../web/page-env.ts';
import type { Actor } from '../../directory/actor.ts';
import { mayKeepDirectory } from '../../directory/rules.ts';
import { logNavigation } from '../access-log/navigation.ts';
import { mayHandleSome } from '../disclosure/rules.ts';
import { disclosureText } from '../disclosure/text.ts';
import { mayAskForEmergency } from '../purpose/emergency/rules.ts';
import { emergencyText } from '../purpose/emergency/text.ts';
import { maySeeRetention } from '../retention/rules.ts';
import { retentionText } from '../retention/text.ts';
import { EMERGENCY_PATH, LIST_PATH, NEW_CASE_PATH, SHARED_PATH } from './paths.ts';
import { pagesText } from './text.ts';

const text = pagesText.navigation;

/** @param others what other features have for everybody, after the cases */
export function navigationOf(actor: Actor, others: readonly NavigationEntry[]): NavigationEntry[] {
  const seesCases = actor.center.kind !== 'city';
  return [
    { path: '/', label: text.inbox },
    ...(seesCases
      ? [
          { path: LIST_PATH, label: text.list },
          { path: NEW_CASE_PATH, label: text.send },
        ]
      : []),
    { path: SHARED_PATH, label: text.shared },
    ...others,
    ...(mayAskForEmergency(actor) ? [{ path: EMERGENCY_PATH, label: emergencyText.title }] : []),
    ...(mayHandleSome(actor) ? [{ path: '/requests', label: disclosureText.navigation }] : []),
    ...(maySeeRetention(actor) ? [{ path: '/retention', label: retentionText.navigation }] : []),
    ...logNavigation(actor),
    ...(mayKeepDirectory(actor) ? [{ path: '/people', label: text.people }] : []),
    { path: '/settings', label: text.settings },
  ];
}
