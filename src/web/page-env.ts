/** What the pages' handlers find in Hono's context. */

import type { Bindings } from '../slack/courier.ts';
import type { Scope } from '../slack/scope.ts';
import type { Session } from './sessions.ts';

export interface PageEnv {
  Bindings: Bindings;
  Variables: {
    scope: Scope;
    /** Set by the gate of the pages: nobody gets past it without one. */
    session: Session;
    /** What the frame around a page shows to this person. */
    surroundings: Surroundings;
    /** Set by the few pages that run a script of ours (`live.ts`). */
    hasScript?: boolean;
  };
}

export interface Surroundings {
  cityName: string;
  /** `田中 健太（基幹型）` */
  person: string;
  navigation: readonly NavigationEntry[];
}

export interface NavigationEntry {
  path: string;
  label: string;
}
