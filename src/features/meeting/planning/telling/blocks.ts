/** The list of a year's meetings that one person attends, as a DM or a mail. */
import { eraYear } from '../../../../lib/jst.ts';
import type { MailEntry } from '../../../../mail/outbox.ts';
import { contextLine, markdownSection } from '../../../../slack/block-kit.ts';
import { linkButton } from '../../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { Message } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { City } from '../../../directory/data.ts';
import type { Recipient } from '../../attendance/rules.ts';
import { MEETINGS_PATH } from '../../paths.ts';
import { formatSpan } from '../../text.ts';
import type { Confirmation } from '../data.ts';
import { planningText as text } from '../text.ts';
import type { PlannedMeeting } from './data.ts';

/** More nobody reads in a chat; the page has them all. */
const MAX_LINES = 40;
/** Of a section of Slack, 3000 letters, with room for what is escaped. */
const MAX_LETTERS = 2800;

/** `令和9年度`, short: `R9年度`. */
function yearName(year: number, { fiscalYearStart }: Pick<City, 'fiscalYearStart'>): string {
  return text.year(eraYear(year, fiscalYearStart), year);
}

export function digestMessage(
  scope: Pick<Scope, 'settings'>,
  { fiscalYear }: Confirmation,
  meetings: readonly PlannedMeeting[],
  city: City,
): Message {
  const title = text.digest.title(yearName(fiscalYear, city), meetings.length);
  const more = meetings.length - MAX_LINES;
  return {
    text: title,
    blocks: [
      markdownSection(`*${title}*`),
      ...inSections(meetings.slice(0, MAX_LINES).map((each) => escapeMrkdwn(lineOf(each)))),
      ...(more > 0 ? [contextLine(text.digest.more(more))] : []),
      contextLine(text.digest.how),
      ...(scope.settings.SLACK_CLIENT_ID === undefined
        ? []
        : [
            {
              type: 'actions',
              elements: [linkButton(scope, MEETINGS_PATH, text.digest.open)],
            },
          ]),
    ],
  };
}

export function digestMail(
  recipient: Extract<Recipient, { by: 'mail' }>,
  { fiscalYear }: Confirmation,
  meetings: readonly PlannedMeeting[],
  city: City,
): MailEntry {
  const year = yearName(fiscalYear, city);
  return {
    to: recipient.to,
    subject: text.digest.mailSubject(city.name, year),
    text: [
      text.digest.mailGreeting(recipient.name),
      '',
      text.digest.mailBody(city.name, year),
      '',
      ...meetings.map((each) => `・${lineOf(each)}`),
      '',
      text.digest.mailEnd,
    ].join('\n'),
  };
}

/** To whoever confirmed. */
export function doneMessage(
  { fiscalYear }: Confirmation,
  city: City,
  { meetings, people }: { meetings: number; people: number },
): Message {
  return { text: text.digest.done(yearName(fiscalYear, city), meetings, people) };
}

function lineOf({ reference, kindName, startsAt, endsAt, place }: PlannedMeeting): string {
  const facts = [formatSpan(startsAt, endsAt), `${reference} ${kindName}`];
  return [...facts, ...(place === null ? [] : [place])].join('　');
}

/** Lines as few sections as Slack's limit allows. */
function inSections(lines: readonly string[]) {
  const bodies: string[] = [];
  for (const line of lines) {
    const last = bodies.at(-1);
    if (last !== undefined && last.length + line.length < MAX_LETTERS)
      bodies[bodies.length - 1] = `${last}\n${line}`;
    else bodies.push(line);
  }
  return bodies.map(markdownSection);
}
