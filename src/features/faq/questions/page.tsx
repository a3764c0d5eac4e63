/** The list of what nobody could answer. Works without script. */
import type { Child } from 'hono/jsx';
import { DESK_PATH } from '../paths.ts';
import type { OpenQuestionState } from '../words.ts';
import type { ListedQuestion } from './data.ts';
import { QUESTIONS_PATH, questionPath } from './paths.ts';
import { formatQuestionReference, isOverdue } from './rules.ts';
import { questionsText as text } from './text.ts';

interface ListProps {
  state: OpenQuestionState;
  counts: Readonly<Record<OpenQuestionState, number>>;
  questions: readonly ListedQuestion[];
  today: string;
  /** From 1. */
  page: number;
  hasMore: boolean;
}

const STATES = ['open', 'answered', 'set_aside'] as const satisfies readonly OpenQuestionState[];

export function QuestionList({ state, counts, questions, today, page, hasMore }: ListProps): Child {
  return (
    <>
      <p>{text.lead}</p>
      <nav class="pages" aria-label={text.statesLabel}>
        {STATES.map((each) => (
          <a href={listPath(each, 1)} {...(each === state ? { 'aria-current': 'page' as const } : {})}>
            {text.stateOf(text.states[each], counts[each])}
          </a>
        ))}
      </nav>
      <h2>{text.states[state]}</h2>
      {questions.length === 0 ? <p>{text.none}</p> : <QuestionTable questions={questions} today={today} />}
      <ul class="buttons">
        {page > 1 ? (
          <li>
            <a class="button" href={listPath(state, page - 1)}>
              {text.previous}
            </a>
          </li>
        ) : null}
        {hasMore ? (
          <li>
            <a class="button" href={listPath(state, page + 1)}>
              {text.more}
            </a>
          </li>
        ) : null}
        <li>
          <a class="button plain" href={DESK_PATH}>
            {text.backToDesk}
          </a>
        </li>
      </ul>
    </>
  );
}

function listPath(state: OpenQuestionState, page: number): string {
  return `${QUESTIONS_PATH}?state=${state}${page > 1 ? `&page=${page}` : ''}`;
}

function QuestionTable({ questions, today }: Pick<ListProps, 'questions' | 'today'>): Child {
  const { columns } = text;
  const heads = [
    columns.number,
    columns.words,
    columns.asks,
    columns.centers,
    columns.since,
    columns.last,
    columns.owner,
    columns.due,
  ];
  return (
    <table class="stacked">
      <thead>
        <tr>
          {heads.map((each) => (
            <th scope="col">{each}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {questions.map((each) => (
          <tr>
            <td>
              <a href={questionPath(each.number)}>{formatQuestionReference(each.number)}</a>
            </td>
            <td class="typed">{each.text}</td>
            <td data-label={columns.asks}>{text.asks(each.asks)}</td>
            <td data-label={columns.centers}>{text.centers(each.centers)}</td>
            <td data-label={columns.since}>{text.on(each.since)}</td>
            <td data-label={columns.last}>{text.on(each.lastAt)}</td>
            <td data-label={columns.owner}>{each.ownerName ?? text.nobody}</td>
            <td data-label={columns.due}>
              <Due question={each} today={today} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Due({
  question,
  today,
}: {
  question: Pick<ListedQuestion, 'state' | 'dueOn'>;
  today: string;
}): Child {
  if (question.dueOn === null) return <span>{text.noDue}</span>;
  return (
    <span>
      {text.due(question.dueOn)}
      {isOverdue(question, today) ? <strong>{`（${text.overdue}）`}</strong> : null}
    </span>
  );
}
