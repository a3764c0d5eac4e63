/** The pages of those who hold a link: no sign-in, no session, and they work when Slack does not. */
import { type Context, Hono } from 'hono';
import { logError } from '../../../lib/log.ts';
import type { Scope } from '../../../slack/scope.ts';
import { reportVaultFault } from '../../directory/alarms/mutations.ts';
import { cardPages } from './card/routes.tsx';
import { ownPages } from './own/routes.tsx';
import { protectSafetyPages, type SafetyEnv } from './web/frame.tsx';
import { limitSafetyForms, refuseUnknown, showFault } from './web/front.tsx';
import { safetyText as text } from './web/text.ts';

export function safetyPages(scopeOf: (c: Context<SafetyEnv>) => Scope): Hono<SafetyEnv> {
  const pages = new Hono<SafetyEnv>();
  pages.use(async (c, next) => {
    c.set('scope', scopeOf(c));
    await next();
  });
  pages.use(protectSafetyPages);
  pages.use(limitSafetyForms);
  pages.route('/', cardPages());
  pages.route('/', ownPages());
  // Nobody is led from here to sign in.
  pages.all('*', refuseUnknown);
  pages.onError(async (error, c) => {
    logError('safety.failed', error);
    await reportVaultFault(c.get('scope'), error, 'web');
    return showFault(c, text.fault, 503);
  });
  return pages;
}
