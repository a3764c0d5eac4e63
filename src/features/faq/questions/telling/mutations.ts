/** A question is answered: whoever asked it hears so once, with the question as it was published. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database, Statement } from '../../../../lib/db.ts';
import { button, markdownSection } from '../../../../slack/block-kit.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { FAQ_ACTIONS } from '../../asking/blocks.ts';
import type { FaqRevision } from '../../data.ts';
import { faqNotice } from '../../tables.ts';
import type { Visibility } from '../../words.ts';
import { ANSWERED, listToBeTold, loadQuestion } from '../data.ts';
import { changeAlong } from '../storing/mutations.ts';
import { questionsText as text } from '../text.ts';

/** The entry that answers, as it is (or is just being) published. */
export interface Answering {
  entryId: string;
  /** As a second person approved it. */
  question: string;
  visibility: Visibility;
}

export interface Told {
  statements: Statement[];
  entries: OutboxEntry[];
}

/**
 * What goes into the batch that publishes a version which answers a question: the question is settled, its askers are told. Nothing for
 * other versions, and for a question that is settled already.
 * @param question the version's, opened
 */
export async function answeredBy(
  scope: Scope,
  by: string,
  { entryId, openQuestionId, visibility }: Pick<FaqRevision, 'entryId' | 'openQuestionId' | 'visibility'>,
  question: string,
): Promise<Told> {
  const loaded = openQuestionId === null ? undefined : await loadQuestion(scope.db, openQuestionId);
  if (!loaded || loaded.question.state === 'answered') return { statements: [], entries: [] };
  const { id } = loaded.question;
  const told = await tellAskers(scope, id, { entryId, question, visibility });
  const settled = await changeAlong(scope, by, 'faq.answer_question', loaded, {
    set: { state: 'answered', entryId, settledAt: scope.now },
    detail: { told: told.entries.length },
  });
  return { statements: [...settled, ...told.statements], entries: told.entries };
}

/** Everybody who asked and was not told; of several asks of one person, once. What is for the core center only is told there only. */
export async function tellAskers(scope: Scope, questionId: string, answering: Answering): Promise<Told> {
  const { db, now } = scope;
  const isCoreOnly = answering.visibility === 'core';
  const people = await listToBeTold(db, questionId, { isCoreOnly });
  if (people.length === 0) return { statements: [], entries: [] };
  const notices = people.flatMap(({ person, askIds }) => askIds.map((ask) => ({ ask, person })));
  return {
    statements: [noteTold(db, notices, now)],
    entries: people.map(({ person, askIds: [latest = ''] }) => ({
      kind: 'direct',
      person,
      message: {
        text: text.tell.answered,
        blocks: [
          markdownSection(`${text.tell.answered}\n*${escapeMrkdwn(firstLine(answering.question))}*`),
          {
            type: 'actions',
            elements: [button(FAQ_ACTIONS.read, text.tell.read, `${answering.entryId}/${latest}`)],
          },
        ],
      },
    })),
  };
}

/** Slack's bold ends with the line, and a section takes 3,000 characters. */
function firstLine(question: string): string {
  return question.replaceAll(/\s+/gu, ' ').slice(0, 500).toWellFormed();
}

/** One statement for many: a batch is short of statements, and a statement of parameters. Told twice, the batch fails and is decided anew. */
function noteTold(db: Database, notices: readonly { ask: string; person: string }[], now: Date): Statement {
  return db
    .insert(faqNotice)
    .select(
      sql`SELECT value->>'ask', ${ANSWERED}, value->>'person', ${now.getTime()} FROM json_each(${JSON.stringify(notices)}) WHERE true`,
    );
}

/** Whether somebody was told of a thing already, as a condition. */
export function isNoted(about: string, what: string, recipient: string) {
  return and(eq(faqNotice.about, about), eq(faqNotice.what, what), eq(faqNotice.recipient, recipient));
}
