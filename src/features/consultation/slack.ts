/** Mounts all of 相談 on the App. Permission is asked in the mutations, never in the listeners. */
import type { SlackApp } from '../../slack/app.ts';
import type { KikanCommand } from '../../slack/commands.ts';
import { registerAccepting } from './accepting/slack.ts';
import { registerAnswering } from './answering/slack.ts';
import { registerReading } from './reading/slack.ts';
import { registerSending, sendCommand } from './sending/slack.ts';

export const consultationCommands: readonly KikanCommand[] = [sendCommand];

export function registerConsultation(app: SlackApp): void {
  registerSending(app);
  registerAccepting(app);
  registerReading(app);
  registerAnswering(app);
}
