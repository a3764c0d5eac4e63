/** Where those who answer for a case go on from its page: its log, its time of keeping, requests about it. Pure. */
import type { NavigationEntry } from '../../../../web/page-env.ts';
import type { Actor } from '../../../directory/actor.ts';
import { logPath } from '../../access-log/paths.ts';
import { logReachOf } from '../../access-log/rules.ts';
import { type LoadedConsultation, standingOf } from '../../data.ts';
import { REQUESTS_PATH } from '../../disclosure/paths.ts';
import { mayHandle } from '../../disclosure/rules.ts';
import { retentionPath } from '../../retention/paths.ts';
import { mayHold } from '../../retention/rules.ts';
import { pagesText as text } from '../text.ts';

export function managingLinks(actor: Actor, loaded: LoadedConsultation): NavigationEntry[] {
  const { reference, sendingCenter, responsibleCenter } = loaded.consultation;
  const reach = logReachOf(actor);
  const isOwn = [sendingCenter, responsibleCenter].includes(actor.center.code);
  const links: [boolean, string, string][] = [
    [reach === 'all' || (reach === 'own' && isOwn), logPath({ of: 'case', reference }), text.managing.log],
    [
      reach === 'all' || (reach === 'own' && isOwn),
      logPath({ of: 'resident', reference }),
      text.managing.residentLog,
    ],
    [mayHandle(actor, standingOf(loaded)), REQUESTS_PATH, text.managing.requests],
    [mayHold(actor), retentionPath(reference), text.managing.retention],
  ];
  return links.flatMap(([isOffered, path, label]) => (isOffered ? [{ path, label }] : []));
}
