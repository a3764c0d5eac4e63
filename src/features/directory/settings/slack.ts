/** `/kikan 設定`: one list of sections, each for those whom it concerns. */
import type { Database } from '../../../lib/db.ts';
import { formatInstant } from '../../../lib/jst.ts';
import type { Press, SlackFeature } from '../../../slack/feature.ts';
import { openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import type { Actor } from '../actor.ts';
import { findLastChange } from '../data.ts';
import { actorOf } from '../gate.ts';
import { noteRefusal } from '../noting.ts';
import { settingsModal } from './blocks.ts';
import { SETTINGS_WAY } from './paths.ts';
import { settingsText as text } from './text.ts';

/** Something to be set, which opens in a modal of its own upon that of 設定. */
export interface SettingsSection {
  label: string;
  /** One line that says what it is for. */
  summary: string;
  /** Of the button that opens it. */
  actionId: string;
  /** Who finds it in the list and may open it; what changes something asks again. */
  isFor(actor: Actor): boolean;
  /** Opens it: `openModal` lays the modal upon the list. */
  press(press: Press): Promise<void>;
  /** What else happens in its modals, by action id and by callback id. */
  presses?: NonNullable<SlackFeature['presses']>;
  submissions?: NonNullable<SlackFeature['submissions']>;
}

/**
 * What the slower of two who change the same setting reads: who was first, and that her input is kept.
 * @param action of the changes, as the audit log names it; a city file may have been first, too
 */
export async function tellWhoWasFirst(db: Database, action: string): Promise<string> {
  const last = await findLastChange(db, [action, 'directory.import']);
  if (!last) throw new Error('nothing was changed');
  const by = last.name === null ? text.importedFile : text.person(last.name);
  return text.changedMeanwhile(by, formatInstant(last.at));
}

/** The command 設定 with its sections, in the order of the list. */
export function settingsInSlack(sections: readonly SettingsSection[]): SlackFeature {
  return {
    commands: [
      {
        word: text.command,
        ascii: 'settings',
        summary: text.commandSummary,
        async run(invocation) {
          const actor = actorOf(invocation.context);
          await invocation.answer();
          const shown = sections.filter((section) => section.isFor(actor));
          await openModal(invocation, settingsModal(shown), SETTINGS_WAY);
        },
      },
    ],
    presses: Object.fromEntries(
      sections.flatMap((section) => [
        [section.actionId, opening(section)] as const,
        ...Object.entries(section.presses ?? {}),
      ]),
    ),
    submissions: Object.fromEntries(sections.flatMap((section) => Object.entries(section.submissions ?? {}))),
  };
}

/** Opens a section; a copied or old button of somebody whom it is not for is refused and logged. */
function opening(section: SettingsSection): (press: Press) => Promise<void> {
  return async (press) => {
    const { scope } = press.context;
    const actor = actorOf(press.context);
    if (section.isFor(actor)) return section.press(press);
    await noteRefusal(scope, actor, 'settings.open', { detail: { section: section.actionId } });
    await sayTo(scope, press.person, press.channel, { text: text.notForYou });
  };
}
