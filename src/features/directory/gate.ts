/**
 * The door of the bot: whoever is not listed, is a guest or comes from another workspace gets one sentence and sees
 * nothing. Runs before every listener, so that no feature can forget it.
 */
import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import * as v from 'valibot';
import { isIdentifier, logWarning } from '../../lib/log.ts';
import type { RequestContext } from '../../slack/app.ts';
import { publishHome } from '../../slack/home.ts';
import { noticeView } from '../../slack/modal.ts';
import { mention } from '../../slack/mrkdwn.ts';
import { sayTo } from '../../slack/outbox.ts';
import type { Scope } from '../../slack/scope.ts';
import { askWhetherGuest, ownTeamId } from '../../slack/workspace.ts';
import { recordAlone } from '../../vault/audit.ts';
import { Actor } from './actor.ts';
import { admit } from './admission.ts';
import { listAdmins } from './data.ts';
import { directoryText } from './text.ts';

type GateArgs = AnyMiddlewareArgs & AllMiddlewareArgs<RequestContext>;

/** Who acts and from which workspace, in any of Slack's payloads. */
const SenderSchema = v.object({
  team_id: v.nullish(v.string()),
  team: v.nullish(v.object({ id: v.string() })),
  user: v.nullish(v.object({ id: v.string(), team_id: v.nullish(v.string()) })),
  user_id: v.nullish(v.string()),
  event: v.nullish(
    v.object({
      type: v.optional(v.string()),
      user: v.optional(v.unknown()),
      user_team: v.nullish(v.string()),
      message: v.nullish(v.object({ user: v.nullish(v.string()) })),
      previous_message: v.nullish(v.object({ user: v.nullish(v.string()) })),
    }),
  ),
});

interface Sender {
  slackUserId: string | undefined;
  teamIds: string[];
  /** Writing in a channel is no attempt to get in: whoever is not listed may talk there unnoticed. */
  isTalking: boolean;
}

/** Bolt's middleware; after it `actorOf(context)` is there. Build it once an App: it remembers the workspace's id. */
export function createGate() {
  let teamId: string | undefined;
  return async (args: GateArgs): Promise<void> => {
    const { scope } = args.context;
    const sender = readSender(args.body);
    if (!sender) return logWarning('gate.unreadable');
    // Events that no person caused (or that carry none) are not answered to anybody; their listeners find no Actor.
    if (!sender.slackUserId) return args.next();
    teamId ??= await ownTeamId(scope.db, args.client);
    // Of a press nothing is answered but that it came: thousands may press in the same minute, while Slack is slow.
    const beforeAsking = 'action' in args ? () => args.ack() : undefined;
    const admitted = await admit(
      scope,
      args.client,
      sender.slackUserId,
      sender.teamIds,
      teamId,
      beforeAsking,
    );
    if (!admitted) return sender.isTalking ? undefined : turnAway(args, scope, sender.slackUserId);
    args.context.actor = admitted.actor;
    args.context.personalDataEntry = admitted.actor.city.personalDataEntry;
    await args.next();
    if (admitted.isStale) await askWhetherGuest(scope.db, args.client, sender.slackUserId, scope.now);
  };
}

/** The Actor of this request. Requires the gate to have run and a person to have caused the request. */
export function actorOf(context: RequestContext): Actor {
  if (!(context.actor instanceof Actor)) throw new Error('no person stands behind this request');
  return context.actor;
}

async function turnAway(args: GateArgs, scope: Scope, slackUserId: string): Promise<void> {
  logWarning('gate.turned_away', { person: slackUserId });
  await recordAlone(scope.db, {
    at: scope.now,
    actor: slackUserId,
    action: 'gate.enter',
    outcome: 'refused',
    ...scope.origin,
    detail: { attempt: attemptOf(args.body) },
  });
  const admins = await listAdmins(scope.db);
  const sentence = directoryText.stranger(
    admins.length > 0 ? admins.slice(0, 2).map(mention).join('、') : directoryText.someAdmin,
  );
  if ('command' in args) await args.ack({ response_type: 'ephemeral', text: sentence });
  else if ('view' in args) await args.ack({ response_action: 'update', view: noticeView(sentence) });
  else if ('action' in args) {
    await args.ack();
    await sayTo(scope, slackUserId, channelOf(args.body), { text: sentence });
  } else if ('event' in args && args.event.type === 'app_home_opened') {
    await publishHome(args.client, slackUserId, [
      { type: 'section', text: { type: 'mrkdwn', text: sentence } },
    ]);
  }
}

const AttemptSchema = v.object({
  command: v.optional(v.string()),
  actions: v.optional(v.array(v.object({ action_id: v.string(), value: v.optional(v.string()) }))),
  view: v.optional(v.object({ callback_id: v.string() })),
  event: v.optional(v.object({ type: v.string() })),
});

/** What somebody without access tried, by ids of ours; what does not look like one is left out, since anybody may send anything. */
function attemptOf(body: unknown): string {
  const parsed = v.safeParse(AttemptSchema, body);
  if (!parsed.success) return '';
  const { command, actions, view, event } = parsed.output;
  const [action] = actions ?? [];
  const parts = [command, action?.action_id, action?.value, view?.callback_id, event?.type];
  return parts.filter((part) => part !== undefined && isIdentifier(part)).join(' ');
}

function channelOf(body: unknown): string | undefined {
  const parsed = v.safeParse(v.object({ channel: v.object({ id: v.string() }) }), body);
  return parsed.success ? parsed.output.channel.id : undefined;
}

/** Undefined when the payload cannot be read: whose it is then nobody knows, and nobody gets in. */
function readSender(body: unknown): Sender | undefined {
  const parsed = v.safeParse(SenderSchema, body);
  if (!parsed.success) return undefined;
  const { team_id, team, user, user_id, event } = parsed.output;
  const ofEvent =
    typeof event?.user === 'string'
      ? event.user
      : (event?.previous_message?.user ?? event?.message?.user ?? undefined);
  const teamIds = [team_id, team?.id, user?.team_id, event?.user_team].filter((id) => typeof id === 'string');
  return {
    slackUserId: user?.id ?? user_id ?? ofEvent,
    teamIds,
    isTalking: event?.type === 'message',
  };
}
