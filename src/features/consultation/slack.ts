/** All of 相談 in Slack: which word, button and form leads where. Permission is asked in the mutations, never here. */
import type { Press, SlackFeature } from '../../slack/feature.ts';
import { accepting } from './accepting/slack.ts';
import { answering } from './answering/slack.ts';
import { asking } from './asking/slack.ts';
import { assigning } from './assigning/slack.ts';
import { ACTIONS, actionIdOf } from './blocks.ts';
import { closing } from './closing/slack.ts';
import { commenting } from './commenting/slack.ts';
import type { CasePart, OperationInSlack } from './forms.ts';
import { handingOver } from './handover/slack.ts';
import { inbox } from './inbox/slack.ts';
import { listing } from './listing/slack.ts';
import { membership } from './membership/slack.ts';
import { merging } from './merging/slack.ts';
import { openAllOperations } from './operating/slack.ts';
import { OPERATIONS, type Operation } from './operating/words.ts';
import { statingPurpose } from './purpose/slack.ts';
import { rating } from './rating/slack.ts';
import { reading } from './reading/slack.ts';
import { recording } from './recording/slack.ts';
import type { SimilarAnswers } from './sending/similar.ts';
import { sendingWith } from './sending/slack.ts';
import { sharing } from './sharing/slack.ts';
import { snoozing } from './snoozing/slack.ts';
import { threading } from './thread/slack.ts';
import { timeline } from './timeline/slack.ts';

const PARTS: readonly CasePart[] = [
  handingOver,
  closing,
  rating,
  snoozing,
  listing,
  inbox,
  accepting,
  assigning,
  membership,
  merging,
  sharing,
  answering,
  recording,
  commenting,
  asking,
  reading,
  threading,
  timeline,
];

const operations: ReadonlyMap<string, OperationInSlack> = new Map(
  OPERATIONS.flatMap((operation) =>
    PARTS.flatMap((part) => {
      const offered = part.operations?.[operation];
      return offered ? [[operation, offered] as const] : [];
    }),
  ),
);

/** Those that open a form; of the others the press is the change. */
export const formOperations: ReadonlySet<Operation> = new Set(
  OPERATIONS.filter((operation) => operations.get(operation)?.submit !== undefined),
);

const presses: ReadonlyMap<string, (press: Press) => Promise<void>> = new Map([
  ...[...operations].map(([operation, { press }]) => [actionIdOf(operation), press] as const),
  ...PARTS.flatMap((part) => Object.entries(part.presses ?? {})),
]);

/** @param similar answers of the FAQ, offered to whoever writes a consultation */
export function consultationInSlack(similar?: SimilarAnswers): readonly SlackFeature[] {
  return [
    statingPurpose((actionId) => presses.get(actionId)),
    {
      presses: {
        ...Object.fromEntries(
          [...operations].map(([operation, { press }]) => [actionIdOf(operation), press]),
        ),
        [ACTIONS.menu]: pressMenu,
      },
      submissions: Object.fromEntries(
        [...operations].flatMap(([operation, { submit }]) =>
          submit ? [[actionIdOf(operation), submit]] : [],
        ),
      ),
    },
    sendingWith(similar),
    ...PARTS.map(({ operations: _, ...part }) => part),
  ];
}

/** An entry of a card's menu: `operation/id`, or `operation/id/offer`. */
function pressMenu(press: Press): Promise<void> {
  const [operation = '', ...about] = press.value.split('/');
  const chosen = { ...press, value: about.join('/') };
  return operations.get(operation)?.press(chosen) ?? openAllOperations(chosen);
}
