/** Stands in for the Courier where deliveries would compete with the measured requests for the same core: it takes every nudge and does nothing. */
import { DurableObject } from 'cloudflare:workers';

export class SleepingCourier extends DurableObject {
  async nudge(): Promise<void> {}
  async deliverAsOf(): Promise<void> {}
}

export default {};
