/** What other subjects of the FAQ add to the core center's desk. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { PageEnv } from '../../../web/page-env.ts';

/** Null where there is nothing for this person; requires that she may see the desk, and asks itself what else she may read. */
export type DeskSection = (c: Context<PageEnv>) => Promise<Child | null>;
