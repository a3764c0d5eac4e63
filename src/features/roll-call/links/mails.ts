/** The mail that brings each person the own link: what is asked, where to answer, whom to call. Nothing that was typed. */
import { html } from 'hono/html';
import type { MailEntry } from '../../../mail/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { instructionsOf, type RollCall } from '../data.ts';
import { openLinkKey } from '../sealing.ts';
import { nameOf, rollCallText } from '../text.ts';
import { linkMailText as text } from './mail-text.ts';
import { linkAddress, signLink } from './signing.ts';

/** A row of the roster, as `data.listRoster` has it. */
export interface MailedPerson {
  person: string;
  linkId: string;
  email: string | null;
}

/**
 * One mail for each of those who have an address, about the roll-call. Their rows must stand on the roster: to mail everybody once,
 * call `mailing/mutations.mailLinks` after the batch that began the roll-call or put them on it.
 * @param isOutage whether it goes out because Slack is not reached
 */
export async function linkMails(
  scope: Scope,
  rollCall: RollCall,
  people: readonly MailedPerson[],
  isOutage = false,
): Promise<MailEntry[]> {
  const key = await openLinkKey(scope);
  const lines = linesOf(rollCall, isOutage);
  const subject = nameOf(rollCall);
  return Promise.all(
    people
      .flatMap(({ person, linkId, email }) => (email === null ? [] : [{ person, linkId, email }]))
      .map(async ({ person, linkId, email }) => {
        const token = await signLink(key, { rollCallId: rollCall.id, person, linkId });
        const address = linkAddress(scope.settings.PUBLIC_URL, token);
        return { to: email, subject, about: rollCall.id, ...(await bodiesOf(lines, address)) };
      }),
  );
}

interface Lines {
  above: readonly string[];
  below: readonly string[];
}

function linesOf(rollCall: RollCall, isOutage: boolean): Lines {
  const { kind, startedAt } = rollCall;
  return {
    above: [
      nameOf(rollCall),
      kind === 'drill' ? text.isDrill : text.isActual,
      ...(isOutage ? [text.slackIsDown] : []),
      ...(startedAt === null ? [] : [rollCallText.startedAt(startedAt)]),
      ...(rollCall.note === null ? [] : [rollCallText.noteOnPage]),
      text.asked,
      ...rollCallText.instructions(instructionsOf(rollCall)).split('\n'),
      text.openLink,
    ],
    below: [text.nothingByOpening, text.ownOnly, text.byPhone, text.noReply],
  };
}

async function bodiesOf({ above, below }: Lines, address: string): Promise<{ text: string; html: string }> {
  const paragraphs = (lines: readonly string[]) => lines.map((line) => html`<p>${line}</p>`);
  return {
    text: [...above, '', address, '', ...below.map((line) => `※${line}`)].join('\n'),
    html: String(
      await html`${paragraphs(above)}<p><a href="${address}">${text.button}</a></p>${paragraphs(below)}`,
    ),
  };
}
