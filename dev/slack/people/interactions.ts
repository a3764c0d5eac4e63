/** Clicks, choices, submissions and closings: finds the element, sends the payload, obeys the answer. */
import type { Ack, AppLink } from '../app-link.ts';
import { elementsIn } from '../block-kit/blocks.ts';
import type { Act, ViewState } from '../client-api.ts';
import type { SlackUser } from '../directory.ts';
import { type JsonObject, objectOf, objectsOf, stringOf } from '../json.ts';
import { obeyActionAck, obeySubmissionAck } from '../obey-ack.ts';
import { closedPayload, messageActionPayload, submissionPayload, viewActionPayload } from '../payloads.ts';
import { clientErrors } from '../submit-check.ts';
import { STATEFUL } from '../view-state.ts';
import type { StoredView } from '../views.ts';
import type { World } from '../world.ts';
import { type Acted, done, refused } from './acted.ts';

type ActOf<Kind extends Act['act']> = Extract<Act, { act: Kind }>;
type Choice = { blockId: string; actionId: string; value: JsonObject };

const GONE = 'このボタンはもうありません。画面を開きなおしてください。';
const CLOSED = 'この画面はもう閉じています。';

/** A click or choice in a message that the person sees. */
export async function messageAction(
  act: ActOf<'message-action'>,
  user: SlackUser,
  world: World,
  link: AppLink,
): Promise<Acted> {
  const message = world.messages.find(act.channel, act.ts);
  const isVisible = message?.ephemeralFor
    ? message.ephemeralFor === user.id
    : world.directory.isMember(user.id, act.channel);
  const element = isVisible && message ? findElement(message.blocks, act) : undefined;
  if (!message || !element) return refused(GONE);
  const state = withChoice(world.messageForms.stateOf(user.id, message), element, act);
  world.messageForms.keep(user.id, message, state);
  const action = actionOf(element, act, world);
  return send(messageActionPayload(user, message, action, state, world), link);
}

/** A click or choice in an open modal; what is typed so far goes with it. */
export async function viewAction(
  act: ActOf<'view-action'>,
  user: SlackUser,
  world: World,
  link: AppLink,
): Promise<Acted> {
  const view = openViewOf(act.viewId, user, world);
  if (!view) return refused(CLOSED);
  takeState(view, act.state);
  return surfaceAction(act, view, user, world, link);
}

/** A click or choice in the person's Home tab. */
export async function homeAction(
  act: ActOf<'home-action'>,
  user: SlackUser,
  world: World,
  link: AppLink,
): Promise<Acted> {
  const home = world.views.homeOf(user.id);
  if (home && act.state) takeState(home, act.state);
  return home ? surfaceAction(act, home, user, world, link) : refused(GONE);
}

/** Submits a modal: Slack's client checks it first, then the app decides. */
export async function submitView(
  act: ActOf<'view-submit'>,
  user: SlackUser,
  world: World,
  link: AppLink,
): Promise<Acted> {
  const view = openViewOf(act.viewId, user, world);
  if (!view) return refused(CLOSED);
  if (view.view.submit === undefined) return refused('この画面には送信ボタンがありません。');
  if (view.view.submit_disabled === true) return refused('まだ送信できません。');
  takeState(view, act.state);
  view.errors = clientErrors(view.view, view.state);
  if (Object.keys(view.errors).length > 0) return done;
  const payload = submissionPayload(user, view, responseUrlsOf(view, user, world), world);
  const ack = await sendPayload(payload, link);
  return { result: obeySubmissionAck(ack, view, world), ack };
}

/** Closes a modal; the app hears of it when it asked to. Closing one below the top closes all of them. */
export async function closeView(
  act: ActOf<'view-close'>,
  user: SlackUser,
  world: World,
  link: AppLink,
): Promise<Acted> {
  const view = openViewOf(act.viewId, user, world);
  if (!view) return refused(CLOSED);
  const stack = world.views.stackOf(user.id);
  const isCleared = view !== stack.at(-1) || view.view.clear_on_close === true;
  if (isCleared) world.views.clear(user.id);
  else world.views.closeTop(user.id);
  if (view.view.notify_on_close !== true) return done;
  const ack = await sendPayload(closedPayload(user, view, isCleared, world), link);
  return { result: { ok: true }, ack };
}

/** The element with these ids, when it is still there. */
export function findElement(
  blocks: unknown,
  ids: { blockId: string; actionId: string },
): JsonObject | undefined {
  const block = objectsOf(blocks).find((one) => one.block_id === ids.blockId);
  return block && elementsIn(block).find((element) => element.action_id === ids.actionId);
}

async function surfaceAction(
  choice: Choice,
  view: StoredView,
  user: SlackUser,
  world: World,
  link: AppLink,
): Promise<Acted> {
  const element = findElement(view.view.blocks, choice);
  if (!element) return refused(GONE);
  view.state = withChoice(view.state, element, choice);
  const block = objectsOf(view.view.blocks).find((one) => one.block_id === choice.blockId);
  if (block?.type === 'input' && block.dispatch_action !== true) return done;
  return send(viewActionPayload(user, view, actionOf(element, choice, world), world), link);
}

function actionOf(element: JsonObject, choice: Choice, world: World): JsonObject {
  const { type, text, value, placeholder, style } = element;
  return {
    type,
    block_id: choice.blockId,
    action_id: choice.actionId,
    ...(text === undefined ? {} : { text }),
    ...(value === undefined ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...choice.value,
    action_ts: world.clock.nextTs(),
  };
}

/** The state with this choice in it; buttons and overflow menus have none. */
function withChoice(state: ViewState, element: JsonObject, { blockId, actionId, value }: Choice): ViewState {
  if (!STATEFUL[stringOf(element.type)]) return state;
  return { ...state, [blockId]: { ...state[blockId], [actionId]: { type: element.type, ...value } } };
}

/** Takes over what the client holds, for the inputs that the view has. */
function takeState(view: StoredView, sent: ViewState): void {
  for (const [blockId, held] of Object.entries(view.state)) {
    for (const actionId of Object.keys(held)) {
      const value = sent[blockId]?.[actionId];
      if (value) held[actionId] = { type: held[actionId]?.type, ...value };
    }
  }
}

function openViewOf(viewId: string, user: SlackUser, world: World): StoredView | undefined {
  return world.views.stackOf(user.id).find((view) => view.id === viewId);
}

/** One URL for each chosen conversation of an input that asked for it. */
function responseUrlsOf(view: StoredView, user: SlackUser, world: World): JsonObject[] {
  return objectsOf(view.view.blocks)
    .map((block) => ({ block, element: objectOf(block.element) }))
    .filter(({ element }) => element.response_url_enabled === true)
    .flatMap(({ block, element }) => {
      const held = view.state[stringOf(block.block_id)]?.[stringOf(element.action_id)];
      const channel = stringOf(held?.selected_conversation ?? held?.selected_channel);
      if (channel === '') return [];
      return {
        block_id: block.block_id,
        action_id: element.action_id,
        channel_id: channel,
        response_url: world.responseUrls.issue({ userId: user.id, channel }),
      };
    });
}

async function send(payload: JsonObject, link: AppLink): Promise<Acted> {
  const ack = await sendPayload(payload, link);
  return { result: obeyActionAck(ack), ack };
}

/** Sends an interaction as Slack does: JSON in a form. */
export function sendPayload(payload: JsonObject, link: AppLink): Promise<Ack> {
  return link.send({
    what: stringOf(payload.type),
    body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    contentType: 'application/x-www-form-urlencoded',
    logged: payload,
  });
}
