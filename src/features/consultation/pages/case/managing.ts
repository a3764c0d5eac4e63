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

/** Whether the person reads this case's log, and why others looked into it: the managers of its centers, and the admins. */
export function answersFor(
  actor: Actor,
  { consultation: of }: Pick<LoadedConsultation, 'consultation'>,
): boolean {
  const reach = logReachOf(actor);
  const isOwn = [of.sendingCenter, of.responsibleCenter].includes(actor.center.code);
  return reach === 'all' || (reach === 'own' && isOwn);
}

export function managingLinks(actor: Actor, loaded: LoadedConsultation): NavigationEntry[] {
  const { reference } = loaded.consultation;
  const links: [boolean, string, string][] = [
    [answersFor(actor, loaded), logPath({ of: 'case', reference }), text.managing.log],
    [answersFor(actor, loaded), logPath({ of: 'resident', reference }), text.managing.residentLog],
    [mayHandle(actor, standingOf(loaded)), REQUESTS_PATH, text.managing.requests],
    [mayHold(actor, standingOf(loaded)), retentionPath(reference), text.managing.retention],
  ];
  return links.flatMap(([isOffered, path, label]) => (isOffered ? [{ path, label }] : []));
}
