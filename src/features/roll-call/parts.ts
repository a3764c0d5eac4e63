/** What a subject of 点呼 adds to the modal of one roll-call, and to its page: facts and buttons for this person. */
import type { types } from '@slack/bolt';
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Scope } from '../../slack/scope.ts';
import type { PageEnv } from '../../web/page-env.ts';
import type { Actor } from '../directory/actor.ts';
import type { RollCall, RosterRow } from './data.ts';
import type { StandIn } from './rules.ts';

/** One roll-call as one person looks at it; requires that she may see it. */
export interface Look {
  rollCall: RollCall;
  actor: Actor;
  standIn: StandIn;
  /** Undefined for who is not on the roster. */
  own: RosterRow | undefined;
  now: Date;
}

export type RollCallPart = (
  look: Look,
  scope: Scope,
) => readonly types.KnownBlock[] | Promise<readonly types.KnownBlock[]>;

/** Null where there is nothing for this person; asks itself what she may read. */
export type PageSection = (c: Context<PageEnv>, look: Look) => Promise<Child | null>;
