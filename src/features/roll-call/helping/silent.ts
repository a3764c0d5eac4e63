/** 未回答の方: names of one's own center (of all, for the core center and the city), counts of the others. */
import type { types } from '@slack/bolt';
import { contextLine, markdownSection, plain } from '../../../slack/block-kit.ts';
import type { Press } from '../../../slack/feature.ts';
import { linksToPage, type ModalView, openModal } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../actions.ts';
import { type ListedOnRoster, listRoster } from '../data.ts';
import { openRollCall } from '../opening/mutations.ts';
import type { Look } from '../parts.ts';
import { rollCallPath } from '../paths.ts';
import { maySeePeopleOf } from '../rules.ts';
import { nameOf, rollCallText } from '../text.ts';
import { silentText as text } from './silent-text.ts';

const VIEW = 'roll-call.silent.view';
/** A section of Slack's has 3,000 characters; nobody has a name of more than 30. */
const MAX_NAMES = 90;
const MAX_BLOCKS = 100;
/** Counts of centers, so many in one block: a large city has more of them than Slack takes blocks. */
const COUNTS_A_BLOCK = 20;

export async function showSilent(press: Press): Promise<void> {
  const { scope } = press.context;
  const found = await openRollCall(scope, actorOf(press.context), press.value, ACTIONS.silent.actionId);
  if (!found.ok) return sayTo(scope, press.person, press.channel, { text: rollCallText.notFound });
  const page = rollCallPath(found.value.rollCall.reference);
  const people = await listRoster(scope.db, press.value);
  const view = silentView(found.value, people, linksToPage(scope, page));
  await openModal(press, view, { holds: 'references', page, inModal: 'push' });
}

function silentView(
  { rollCall, actor }: Look,
  people: readonly ListedOnRoster[],
  links: readonly types.Button[],
): ModalView {
  const silent = people.filter(({ answeredAt }) => answeredAt === null);
  const centers = [...Map.groupBy(people, ({ center }) => center).values()].filter((of) =>
    of.some(({ answeredAt }) => answeredAt === null),
  );
  const [seen, others] = [true, false].map((may) =>
    centers.filter(([first]) => maySeePeopleOf(actor, first?.center ?? '') === may),
  );
  const counts = (others ?? []).map(headOf);
  const blocks: types.KnownBlock[] = [
    markdownSection(
      `*${nameOf(rollCall)}*\n${silent.length === 0 ? text.none : text.count(silent.length, people.length)}`,
    ),
    ...(seen ?? []).map((of) => markdownSection(`${headOf(of)}\n${namesOf(of)}`)),
    ...chunked(counts, COUNTS_A_BLOCK).map((lines) => markdownSection(lines.join('\n'))),
    ...(counts.length > 0 ? [contextLine(text.elsewhere)] : []),
  ];
  return {
    type: 'modal',
    callback_id: VIEW,
    private_metadata: rollCall.id,
    title: plain(text.title),
    close: plain(rollCallText.close),
    blocks: [
      ...blocks.slice(0, MAX_BLOCKS - 1),
      ...(links.length > 0 ? [{ type: 'actions' as const, elements: [...links] }] : []),
    ],
  };
}

function headOf(of: readonly ListedOnRoster[]): string {
  const silent = of.filter(({ answeredAt }) => answeredAt === null).length;
  return text.center(escapeMrkdwn(of[0]?.centerShort ?? ''), silent, of.length);
}

function namesOf(of: readonly ListedOnRoster[]): string {
  const names = of.filter(({ answeredAt }) => answeredAt === null).map(({ name }) => name);
  const more = names.length > MAX_NAMES ? [text.more(names.length - MAX_NAMES)] : [];
  return escapeMrkdwn(text.names([...names.slice(0, MAX_NAMES), ...more]));
}

function chunked(lines: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(lines.length / size) }, (_, i) =>
    lines.slice(i * size, (i + 1) * size),
  );
}
