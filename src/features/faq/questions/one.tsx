/** One question that nobody could answer: what was asked, whose it is, and the ways to settle it. Each form says with `do` what it is for. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { deskEntryPath, FAQ_PATH } from '../paths.ts';
import { formatFaqReference } from '../rules.ts';
import { OPEN_QUESTION_STATES } from '../words.ts';
import type { OpenedAsk, OpenQuestion } from './data.ts';
import { described, Field, Form, Wrapped } from './form.tsx';
import { Due } from './page.tsx';
import { QUESTIONS_PATH, questionPath } from './paths.ts';
import type { Faults, PlanForm } from './schema.ts';
import { questionsText } from './text.ts';

const text = questionsText.one;

export interface QuestionPageProps {
  c: Context<PageEnv>;
  question: OpenQuestion;
  words: string;
  reason: string | null;
  asks: readonly OpenedAsk[];
  /** More asks than are shown. */
  askCount: number;
  owners: readonly { slackUserId: string; name: string }[];
  ownerName: string | null;
  /** Of the entry that answers it. */
  entry: number | undefined;
  draft: number | undefined;
  /** Open ones that share words with it. */
  similar: readonly { number: number; words: string }[];
  today: string;
  /** What was typed, where it was not stored. */
  typed: { plan?: PlanForm; reason?: string; entry?: string };
  faults: Faults;
  needsConfirmation: boolean;
}

export function QuestionPage(props: QuestionPageProps): Child {
  const { question, words } = props;
  return (
    <>
      <Facts {...props} />
      {question.state === 'open' ? (
        <>
          <PlanningForm {...props} />
          <AnswerForms {...props} />
        </>
      ) : (
        <p class="typed">{words}</p>
      )}
      {question.state === 'set_aside' && props.reason !== null ? (
        <Form {...props} what="reopen" label={text.reopen} />
      ) : null}
      <Asks {...props} />
      {question.state === 'open' ? (
        <>
          <Similar {...props} />
          <h2>{text.arranging}</h2>
          <Form {...props} what="merge" label={text.merge}>
            <Field name="merge" label={text.mergeNumber} hint={text.mergeHint} fault={props.faults.merge} />
          </Form>
        </>
      ) : null}
      <p>
        <a class="button plain" href={QUESTIONS_PATH}>
          {questionsText.back}
        </a>
      </p>
    </>
  );
}

function Similar({ similar }: QuestionPageProps): Child {
  if (similar.length === 0) return null;
  return (
    <>
      <h2>{text.similar}</h2>
      <p class="quiet">{text.similarHint}</p>
      <ul>
        {similar.map(({ number, words }) => (
          <li>
            <a href={questionPath(number)}>{text.title(number)}</a>　{words}
          </li>
        ))}
      </ul>
    </>
  );
}

function Facts({ question, ownerName, entry, draft, reason, today }: QuestionPageProps): Child {
  return (
    <dl class="facts">
      <dt>{text.state}</dt>
      <dd>{OPEN_QUESTION_STATES[question.state]}</dd>
      <dt>{text.owner}</dt>
      <dd>{ownerName ?? questionsText.nobody}</dd>
      <dt>{text.dueOn}</dt>
      <dd>
        <Due question={question} today={today} />
      </dd>
      <EntryLine label={text.entry} number={entry} />
      <EntryLine label={text.draft} number={draft} />
      {reason === null ? null : (
        <>
          <dt>{text.reason}</dt>
          <dd class="typed">{reason}</dd>
        </>
      )}
    </dl>
  );
}

function EntryLine({ label, number }: { label: string; number: number | undefined }): Child {
  if (number === undefined) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <a href={deskEntryPath(number)}>{formatFaqReference(number)}</a>
      </dd>
    </>
  );
}

function PlanningForm(props: QuestionPageProps): Child {
  const { question, words, owners, typed, faults, needsConfirmation } = props;
  const plan = typed.plan ?? {
    words,
    owner: question.owner ?? '',
    dueOn: question.dueOn ?? '',
  };
  return (
    <>
      <h2>{text.planning}</h2>
      <Form {...props} what="plan" label={text.save} isPrimary={true}>
        <input type="hidden" name="version" value={String(question.version)} />
        <Wrapped name="words" label={text.words} hint={text.wordsHint} fault={faults.words}>
          <textarea id="words" name="words" rows={3} {...described('words', faults.words)}>
            {`\n${plan.words}`}
          </textarea>
        </Wrapped>
        {needsConfirmation ? (
          <div class="choices">
            <label>
              <input type="checkbox" name="confirmed" value="yes" />
              <span>{text.confirm}</span>
            </label>
          </div>
        ) : null}
        <Wrapped name="owner" label={text.owner} hint={text.ownerHint} fault={faults.owner}>
          <select id="owner" name="owner" {...described('owner', faults.owner)}>
            <option value="">{questionsText.nobody}</option>
            {owners.map(({ slackUserId, name }) => (
              <option value={slackUserId} selected={slackUserId === plan.owner}>
                {name}
              </option>
            ))}
          </select>
        </Wrapped>
        <Wrapped name="dueOn" label={text.dueOn} fault={faults.dueOn}>
          <input
            type="date"
            id="dueOn"
            name="dueOn"
            value={plan.dueOn}
            {...described('dueOn', faults.dueOn)}
          />
        </Wrapped>
      </Form>
    </>
  );
}

function AnswerForms(props: QuestionPageProps): Child {
  const { draft, faults, typed } = props;
  return (
    <>
      <h2>{text.answering}</h2>
      {draft === undefined ? <Form {...props} what="draft" label={text.startDraft} isPrimary={true} /> : null}
      <h3>{text.existing}</h3>
      <Form {...props} what="answer" label={text.answer}>
        <Field
          name="entry"
          label={text.existingNumber}
          hint={text.existingHint}
          fault={faults.entry}
          value={typed.entry}
        />
        <p>
          <a href={FAQ_PATH}>{text.search}</a>
        </p>
      </Form>
      <h3>{text.settingAside}</h3>
      <Form {...props} what="aside" label={text.setAside}>
        <Wrapped name="reason" label={text.reason} hint={text.reasonHint} fault={faults.reason}>
          <textarea id="reason" name="reason" rows={3} {...described('reason', faults.reason)}>
            {`\n${typed.reason ?? ''}`}
          </textarea>
        </Wrapped>
      </Form>
    </>
  );
}

function Asks(props: QuestionPageProps): Child {
  const { asks, askCount, question, faults } = props;
  return (
    <>
      <h2>{text.asks(askCount)}</h2>
      <p class="quiet">{text.asksHint}</p>
      {asks.length === 0 ? <p>{text.noAsks}</p> : null}
      <ul class="cards">
        {asks.map((each, position) => (
          <li>
            <p class="typed">{each.text}</p>
            <p class="quiet">{text.asked(each.centerShort, each.way, each.at)}</p>
            {question.state === 'open' && askCount > 1 ? (
              <details open={faults.move !== undefined && position === 0}>
                <summary>{text.move}</summary>
                <Form {...props} what="move" label={text.move}>
                  <input type="hidden" name="ask" value={each.id} />
                  <Field
                    name="move"
                    id={`move-${position}`}
                    label={text.moveTo}
                    fault={position === 0 ? faults.move : undefined}
                  />
                </Form>
              </details>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}
