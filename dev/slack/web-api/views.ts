/** views.*: the app opens, stacks, changes and publishes views. */
import { viewProblems } from '../block-kit/surfaces.ts';
import { isObject, type JsonObject, stringOf } from '../json.ts';
import { MAX_STACKED_VIEWS, type StoredView, viewPayload } from '../views.ts';
import type { World } from '../world.ts';
import type { Arguments } from './arguments.ts';
import type { Method } from './method.ts';
import { SlackError } from './slack-error.ts';

/** Slack refuses views of more than 250 KB. */
const MAX_VIEW_BYTES = 250_000;

const open: Method = (args, world) => {
  const view = readView(args, 'modal');
  const userId = triggeredBy(args, world);
  requireNewExternalId(view, world);
  world.triggers.use(args.required('trigger_id'));
  return answer(world.views.open(userId, view), world);
};

const push: Method = (args, world) => {
  const view = readView(args, 'modal');
  const userId = triggeredBy(args, world);
  const depth = world.views.stackOf(userId).length;
  if (depth === 0) throw new SlackError('not_found');
  if (depth >= MAX_STACKED_VIEWS) throw new SlackError('push_limit_reached');
  requireNewExternalId(view, world);
  world.triggers.use(args.required('trigger_id'));
  return answer(world.views.push(userId, view), world);
};

const update: Method = (args, world) => {
  const externalId = args.text('external_id');
  const viewId = externalId === undefined ? args.required('view_id') : '';
  const stored = externalId === undefined ? world.views.find(viewId) : world.views.findExternal(externalId);
  if (!stored) throw new SlackError('not_found');
  const view = readView(args, stored.view.type === 'home' ? 'home' : 'modal');
  requireHash(args, stored);
  requireNewExternalId(view, world, stored);
  world.views.replace(stored, view);
  return answer(stored, world);
};

const publish: Method = (args, world) => {
  const userId = args.required('user_id');
  if (!world.directory.users.has(userId)) throw new SlackError('invalid_arguments', ['user not found']);
  const view = readView(args, 'home');
  const home = world.views.homeOf(userId);
  if (home) requireHash(args, home);
  requireNewExternalId(view, world, home);
  return answer(world.views.publish(userId, view), world);
};

/** Every views method. */
export const viewMethods: Record<string, Method> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};

/** The view, when Slack would take it; throws `SlackError` otherwise. */
export function requireView(view: unknown, kind: 'modal' | 'home'): JsonObject {
  if (!isObject(view)) throw new SlackError('invalid_arguments', ['missing required field: view']);
  const problems = viewProblems(view, kind);
  if (problems.length > 0) throw new SlackError('invalid_arguments', problems);
  const bytes = new TextEncoder().encode(JSON.stringify(view)).length;
  if (bytes > MAX_VIEW_BYTES) throw new SlackError('view_too_large');
  return view;
}

function readView(args: Arguments, kind: 'modal' | 'home'): JsonObject {
  return requireView(args.json('view', 'invalid_arguments'), kind);
}

function triggeredBy(args: Arguments, world: World): string {
  const checked = world.triggers.check(args.required('trigger_id'));
  if ('problem' in checked) throw new SlackError(checked.problem);
  return checked.userId;
}

function requireHash(args: Arguments, stored: StoredView): void {
  const hash = args.text('hash');
  if (hash !== undefined && hash !== stored.hash) throw new SlackError('hash_conflict');
}

/** Throws `SlackError` when another view on someone's screen has the external id of this one. */
export function requireNewExternalId(view: JsonObject, world: World, own?: StoredView): void {
  const other = world.views.findExternal(stringOf(view.external_id));
  if (other && other !== own) throw new SlackError('duplicate_external_id');
}

function answer(stored: StoredView, world: World): JsonObject {
  return { view: viewPayload(stored, world.app) };
}
