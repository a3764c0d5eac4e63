/** Offers that nobody answered in time. */
import type { Scope } from '../../../slack/scope.ts';
import { findCenterInCity } from '../../directory/data.ts';
import { changeByJob } from '../mutations.ts';
import { isOpen } from '../rules.ts';
import { listExpiredOffers } from './data.ts';
import { expiredEntries, settledPost } from './notices.ts';
import { detailOf, settled, settleOffer } from './settling/mutations.ts';

/** The rest follows a minute later. */
const OFFERS_A_RUN = 10;
const JOB = 'expire-offers';

/** Closes the offers whose time has passed and tells both centers. Responsibility stays where it is: an offer never accepts itself. */
export async function expireOffers(scope: Scope): Promise<void> {
  for (const { id, consultationId } of await listExpiredOffers(scope.db, scope.now, OFFERS_A_RUN)) {
    await changeByJob(scope, JOB, 'consultation.time_expire', consultationId, async (loaded) => {
      if (loaded.offer?.id !== id) return undefined;
      const to = await findCenterInCity(scope.db, loaded.offer.toCenter);
      if (!to) throw new Error('the receiving center of an offer is not in the directory');
      const offer = settled(loaded.offer, 'expired', `job:${JOB}`, scope.now);
      return {
        after: loaded.consultation,
        offer: null,
        detail: detailOf(offer),
        statements: [settleOffer(scope, offer)],
        entries: [
          ...settledPost(loaded, offer, to.center, scope.now),
          ...(isOpen(loaded.consultation.status)
            ? await expiredEntries(scope, loaded, offer, to.center)
            : []),
        ],
      };
    });
  }
}
