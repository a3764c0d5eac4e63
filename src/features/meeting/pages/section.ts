/** What a subject of 会議 adds to the page of a meeting: what is too long for a modal, or typed. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { Actor } from '../../directory/actor.ts';
import type { LoadedMeeting } from '../data.ts';

/** Null where there is nothing for this person; requires that she may see the meeting, and asks itself whether she may read it. */
export type PageSection = (c: Context<PageEnv>, loaded: LoadedMeeting, actor: Actor) => Promise<Child | null>;
