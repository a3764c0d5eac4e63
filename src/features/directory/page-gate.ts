/** The door of the pages: whoever is not listed any more is signed out with the next request. */
import type { webApi } from '@slack/bolt';
import type { Context, MiddlewareHandler } from 'hono';
import type { RequestContext } from '../../slack/app.ts';
import type { Scope } from '../../slack/scope.ts';
import { askWhetherGuest, ownTeamId } from '../../slack/workspace.ts';
import { recordAlone } from '../../vault/audit.ts';
import { offerAgain } from '../../web/again.tsx';
import { dropCookie } from '../../web/cookies.ts';
import type { NavigationEntry, PageEnv } from '../../web/page-env.ts';
import { endSession, sessionName } from '../../web/sessions.ts';
import type { SlackIdentity } from '../../web/sign-in/openid.ts';
import type { Actor } from './actor.ts';
import { admit } from './admission.ts';
import { directoryText } from './text.ts';

const actors = new WeakMap<Context, Actor>();

/** Who acts on this page. Requires the gate to have run. */
export function actorOfPage(c: Context<PageEnv>): Actor {
  const actor = actors.get(c);
  if (!actor) throw new Error('no person stands behind this page');
  return actor;
}

/** The context that listeners of chat are given when a page calls them. */
export function contextOfPage(c: Context<PageEnv>): RequestContext {
  return { scope: c.get('scope'), actor: actorOfPage(c) };
}

/** @param navigation what the person finds in the menu of every page */
export function createPageGate(
  clientOf: (c: Context<PageEnv>) => webApi.WebClient,
  navigation: (actor: Actor) => readonly NavigationEntry[],
): MiddlewareHandler<PageEnv> {
  return async (c, next) => {
    const session = c.get('session');
    const scope: Scope = { ...c.get('scope'), origin: { surface: 'web', session: sessionName(session) } };
    const client = clientOf(c);
    const admitted = await admit(scope, client, session.slackUserId, [], undefined);
    if (!admitted) {
      await endSession(scope.db, session);
      dropCookie(c, '__Host-kikan_session');
      await noteRefusal(scope, session.slackUserId, 'pages.enter');
      // What was typed stays with whoever typed it, as after any end of a session.
      if (c.req.method === 'POST') return offerAgain(c, await c.req.formData(), undefined);
      return c.redirect('/sign-in?why=expired', 303);
    }
    const { actor } = admitted;
    c.set('scope', scope);
    actors.set(c, actor);
    c.set('surroundings', {
      cityName: actor.city.name,
      person: directoryText.personOfCenter(actor.name, actor.center.short),
      navigation: navigation(actor),
    });
    // As at the door of chat: asked anew after the person has been served.
    if (admitted.isStale)
      c.executionCtx.waitUntil(askWhetherGuest(scope.db, client, session.slackUserId, scope.now));
    return next();
  };
}

/** Whether the person whom Slack proved may have a session; a refusal is noted. */
export async function mayEnterPages(
  scope: Scope,
  client: webApi.WebClient,
  { slackUserId, teamId }: SlackIdentity,
): Promise<boolean> {
  const ownTeam = await ownTeamId(scope.db, client);
  // Unlike in chat, nothing but the token says which workspace it is: while ours is unknown, nobody is let in.
  const admitted =
    ownTeam === undefined ? undefined : await admit(scope, client, slackUserId, [teamId], ownTeam);
  if (admitted)
    await recordAlone(scope.db, { ...entryOf(scope, slackUserId, 'pages.sign_in'), outcome: 'done' });
  else await noteRefusal(scope, slackUserId, 'pages.sign_in');
  return admitted !== undefined;
}

function noteRefusal(scope: Scope, slackUserId: string, action: string): Promise<void> {
  return recordAlone(scope.db, { ...entryOf(scope, slackUserId, action), outcome: 'refused' });
}

function entryOf(scope: Scope, slackUserId: string, action: string) {
  return { at: scope.now, actor: slackUserId, action, ...scope.origin };
}
