/**
 * Mounts the features on the App: one listener for each kind of payload, which looks the id up in a table. Bolt itself asks
 * every registered listener in turn; with tables a hundred buttons cost what one costs.
 */
import type { BlockAction } from '@slack/bolt';
import * as v from 'valibot';
import type { SlackApp } from './app.ts';
import { menuPresses, mountCommands } from './commands.ts';
import type { SlackFeature } from './feature.ts';
import { readForm } from './form.ts';
import { sayTo } from './outbox.ts';
import { slackText } from './text.ts';

/** Mounts the features on the App; their ids must differ. */
export function mountFeatures(app: SlackApp, features: readonly SlackFeature[]): void {
  const commands = mountCommands(
    app,
    features.flatMap((feature) => feature.commands ?? []),
  );
  const presses = tableOf([menuPresses(commands), ...features.map((feature) => feature.presses ?? {})]);
  const submissions = tableOf(features.map((feature) => feature.submissions ?? {}));

  app.action<BlockAction>({ type: 'block_actions' }, async ({ context, client, body, action, ack }) => {
    await ack();
    const listener = presses.get(action.action_id);
    const { channel, user, trigger_id: triggerId } = body;
    if (listener)
      await listener({
        context,
        client,
        triggerId,
        person: user.id,
        channel: channel?.id,
        value: pressedValue(action),
      });
    // A button of an older version: nobody listens to it any more.
    else await sayTo(context.scope, user.id, channel?.id, { text: slackText.staleControl });
  });

  app.view({ type: 'view_submission', callback_id: /.*/ }, async ({ context, view, ack }) => {
    const listener = submissions.get(view.callback_id);
    // A form of an older version: what was typed stays in it, to be copied.
    if (!listener)
      return ack({ response_action: 'errors', errors: besideFirst(view.state.values, slackText.staleForm) });
    const answer = await listener({
      context,
      viewId: view.id,
      metadata: view.private_metadata,
      values: readForm(view.state.values),
    });
    await (answer === 'close' ? ack() : ack({ response_action: 'errors', errors: answer.errors }));
  });
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

const PressedButton = v.object({ value: v.string() });

function pressedValue(action: unknown): string {
  const pressed = v.safeParse(PressedButton, action);
  return pressed.success ? pressed.output.value : '';
}
