/**
 * Mounts the features on the App: one listener for each kind of payload, which looks the id up in a table. Bolt itself asks
 * every registered listener in turn; with tables a hundred buttons cost what one costs.
 */
import type { AllMiddlewareArgs, AnyMiddlewareArgs, BlockAction } from '@slack/bolt';
import * as v from 'valibot';
import { logError } from '../lib/log.ts';
import { isRecord } from '../lib/record.ts';
import type { FaultReader, SlackApp } from './app.ts';
import { menuPresses, mountCommands } from './commands.ts';
import type { Press, PressedModal, SlackFeature, Submission, SubmissionAnswer } from './feature.ts';
import { readForm } from './form.ts';
import { readMessageEvent } from './message-event.ts';
import { keepsTypedTextOut, OPEN_PAGE } from './modal.ts';
import { sayTo } from './outbox.ts';
import { slackText } from './text.ts';

/** Bolt's middleware: lets nothing through of what is written in channels but people's messages in threads. Put it before all others. */
export async function ignoreChatter({ body, next }: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> {
  const event = 'event' in body ? body.event : undefined;
  const isMessage = isRecord(event) && event.type === 'message';
  if (!isMessage || readMessageEvent(event)?.threadTs !== undefined) await next();
}

/** Mounts the features on the App; their ids must differ. */
export function mountFeatures(
  app: SlackApp,
  features: readonly SlackFeature[],
  readFault: FaultReader,
): void {
  const commands = mountCommands(
    app,
    features.flatMap((feature) => feature.commands ?? []),
    {
      first: features.flatMap((feature) => feature.homeFirst ?? []),
      usual: features.flatMap((feature) => feature.home ?? []),
    },
    features.flatMap((feature) => feature.onUnknownWord ?? []),
  );
  const presses = tableOf([
    menuPresses(commands),
    // Whoever presses a link is on the page already.
    { [OPEN_PAGE]: async () => undefined },
    ...features.map((feature) => feature.presses ?? {}),
  ]);
  const submissions = tableOf(features.map((feature) => feature.submissions ?? {}));

  app.action<BlockAction>({ type: 'block_actions' }, async ({ context, client, body, action, ack }) => {
    await ack();
    const listener = presses.get(action.action_id);
    const { channel, user, trigger_id: triggerId, response_url: responseUrl } = body;
    if (listener)
      await listener({
        context,
        client,
        triggerId,
        person: user.id,
        channel: channel?.id,
        responseUrl,
        pressedAt: pressedAt(action, context.scope.now),
        value: pressedValue(action),
        modal: modalOf(body.view),
        home: homeOf(body.view),
      });
    // A button of an older version: nobody listens to it any more.
    else await sayTo(context.scope, user.id, channel?.id, { text: slackText.staleControl });
  });

  app.view({ type: 'view_submission', callback_id: /.*/ }, async ({ context, client, body, view, ack }) => {
    const listener = submissions.get(view.callback_id);
    // A form of an older version: what was typed stays in it, to be copied.
    if (!listener)
      return ack({ response_action: 'errors', errors: besideFirst(view.state.values, slackText.staleForm) });
    const submission = {
      context,
      client,
      viewId: view.id,
      metadata: view.private_metadata,
      values: readForm(view.state.values),
    };
    const answer = await answerOrReason(submission, listener, async (error) => {
      const sentence = await readFault(context.scope, error, body.user.id);
      return sentence === undefined ? undefined : { errors: besideFirst(view.state.values, sentence) };
    });
    if (answer === 'close') return ack();
    if (answer === 'close-all') return ack({ response_action: 'clear' });
    if ('update' in answer) {
      if (answer.holds !== 'references' && keepsTypedTextOut(context))
        return ack({
          response_action: 'errors',
          errors: besideFirst(view.state.values, slackText.goOnOnPage),
        });
      return ack({ response_action: 'update', view: answer.update });
    }
    return ack({ response_action: 'errors', errors: answer.errors });
  });

  const watchers = features.flatMap((feature) => feature.onMessage ?? []);
  if (watchers.length > 0)
    app.event('message', async ({ context, client, event }) => {
      const seen = readMessageEvent(event);
      if (!seen) return;
      for (const watch of watchers) await watch({ context, client, ...seen });
    });
}

/** What a form answers; where it fails for a reason that can be told, that: the form then stays open with what was typed. */
async function answerOrReason(
  submission: Submission,
  listener: (submission: Submission) => Promise<SubmissionAnswer>,
  reasonOf: (error: unknown) => Promise<SubmissionAnswer | undefined>,
): Promise<SubmissionAnswer> {
  try {
    return await listener(submission);
  } catch (error) {
    const reason = await reasonOf(error);
    if (!reason) throw error;
    logError('slack.submission_failed', error);
    return reason;
  }
}

function tableOf<Listener>(parts: readonly Readonly<Record<string, Listener>>[]): Map<string, Listener> {
  const table = new Map<string, Listener>();
  for (const [id, listener] of parts.flatMap((part) => Object.entries(part))) {
    if (table.has(id)) throw new Error(`${id} stands twice`);
    table.set(id, listener);
  }
  return table;
}

function besideFirst(values: object, sentence: string): Record<string, string> {
  const [first = ''] = Object.keys(values);
  return { [first]: sentence };
}

/** A button, an entry of an overflow menu or of a select. */
const Pressed = v.object({
  value: v.nullish(v.string()),
  selected_option: v.nullish(v.object({ value: v.string() })),
});

function pressedValue(action: unknown): string {
  const pressed = v.safeParse(Pressed, action);
  return pressed.success ? (pressed.output.value ?? pressed.output.selected_option?.value ?? '') : '';
}

const Stamped = v.object({ action_ts: v.pipe(v.string(), v.transform(Number), v.finite()) });
/** As long as a signature holds: no real press is older. */
const MAX_PRESS_AGE_MS = 5 * 60_000;

/** Undefined for what lies ahead of us or too far back: then the press counts as made when it came in. */
function pressedAt(action: unknown, now: Date): Date | undefined {
  const stamped = v.safeParse(Stamped, action);
  if (!stamped.success) return undefined;
  const at = new Date(Math.round(stamped.output.action_ts * 1000));
  const age = now.getTime() - at.getTime();
  return age >= 0 && age <= MAX_PRESS_AGE_MS ? at : undefined;
}

function homeOf(view: BlockAction['view']): Press['home'] {
  return view?.type === 'home' ? { values: readForm(view.state.values) } : undefined;
}

function modalOf(view: BlockAction['view']): PressedModal | undefined {
  if (view?.type !== 'modal') return undefined;
  return {
    viewId: view.id,
    callbackId: view.callback_id,
    metadata: view.private_metadata,
    values: readForm(view.state.values),
  };
}
