/** The pages of those who hold a link: no sign-in, no session, and they work when Slack does not. */
import { type Context, Hono } from 'hono';
import type { Bindings } from '../../../slack/courier.ts';
import type { Scope } from '../../../slack/scope.ts';

export function safetyPages(
  _scopeOf: (c: Context<{ Bindings: Bindings }>) => Scope,
): Hono<{ Bindings: Bindings }> {
  return new Hono();
}
