/** The buttons 相談元に質問する, 質問に答える, 回答待ちにする and 対応を再開する, with their forms. */

import { formatInstant } from '../../../lib/jst.ts';
import { markdownSection, option, plainSections } from '../../../slack/block-kit.ts';
import { datePicker, input, radio } from '../../../slack/inputs.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { openCaseKeyOf } from '../content/data.ts';
import { type CasePart, formInSlack, type Opened, pressInSlack } from '../forms.ts';
import { paragraph } from '../inputs.ts';
import { openUnansweredQuestions } from '../notes/data.ts';
import { noteReading } from '../reading/mutations.ts';
import { MAX_BODY, readOne } from '../schema.ts';
import { codesOf, WAITED_FOR } from '../words.ts';
import { askSender, replyToQuestion, resumeConsultation, waitForSomebody } from './mutations.ts';
import { readQuestion, readWaiting, usualUntil } from './schema.ts';
import { askingText } from './text.ts';

const { ask, reply, wait } = askingText;

const askForm = formInSlack({
  operation: 'ask',
  title: ask.title,
  submit: ask.submit,
  mainField: 'body',
  blocks: ({ loaded: { cityTime }, today }) => [
    input('body', ask.body, paragraph(''), true),
    input('until', ask.until, datePicker(usualUntil(cityTime.calendar, today)), true),
  ],
  read: (values, { today }) => readQuestion(values, today),
  store: askSender,
});

const replyForm = formInSlack({
  operation: 'reply',
  reads: true,
  title: reply.title,
  submit: reply.submit,
  mainField: 'body',
  blocks: async (opened) => [
    ...(await questionSections(opened)),
    input('body', reply.body, paragraph(''), true),
  ],
  read: (values) => readOne(values, 'body', MAX_BODY),
  store: replyToQuestion,
});

/** The questions stand above the reply. */
async function questionSections({ scope, actor, loaded: { consultation: of } }: Opened) {
  const key = await openCaseKeyOf(scope, of.id);
  const questions = await openUnansweredQuestions(scope.db, key, of);
  for (const { id } of questions) await noteReading(scope, actor, of.id, { what: 'note', note: id });
  return questions.flatMap(({ body, authorName, writtenAt }) => [
    markdownSection(`*${escapeMrkdwn(reply.question(authorName, formatInstant(writtenAt)))}*`),
    ...plainSections(body),
  ]);
}

const waitForm = formInSlack({
  operation: 'wait',
  holds: 'references',
  title: wait.title,
  submit: wait.submit,
  mainField: 'until',
  blocks({ loaded: { consultation: of, cityTime }, today }) {
    const codes = codesOf(WAITED_FOR);
    const until = of.waitingUntilOn !== null && of.waitingUntilOn >= today ? of.waitingUntilOn : undefined;
    return [
      input(
        'waitedFor',
        wait.waitedFor,
        radio(
          codes.map((code) => option(code, WAITED_FOR[code])),
          of.waitedFor ?? undefined,
        ),
        true,
      ),
      input('until', wait.until, datePicker(until ?? usualUntil(cityTime.calendar, today)), true),
    ];
  },
  read: (values, { today }) => readWaiting(values, today),
  store: waitForSomebody,
});

export const asking: CasePart = {
  operations: {
    ask: askForm,
    reply: replyForm,
    wait: waitForm,
    resume: pressInSlack('resume', resumeConsultation),
  },
};
