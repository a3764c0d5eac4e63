/** What nobody could answer, on the core center's desk: what is overdue, and what most asked. */
import { japanDate } from '../../../lib/jst.ts';
import { noteLook } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import type { DeskSection } from '../desk/parts.ts';
import { mayEdit } from '../rules.ts';
import { listQuestions } from './data.ts';
import { Due } from './page.tsx';
import { QUESTIONS_PATH, questionPath } from './paths.ts';
import { formatQuestionReference } from './rules.ts';
import { questionsText as text } from './text.ts';

const SHOWN = 5;

export const questionsSection: DeskSection = async (c) => {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  if (!mayEdit(actor)) return null;
  const today = japanDate(scope.now);
  const questions = await listQuestions(scope, { state: 'open', today, limit: SHOWN });
  if (questions.length > 0) await noteLook(scope, actor, 'faq.read_questions');
  return (
    <section>
      <h2>{text.title}</h2>
      {questions.length === 0 ? <p>{text.none}</p> : null}
      <ul class="cards">
        {questions.map((each) => (
          <li>
            <p>
              <a href={questionPath(each.number)}>{formatQuestionReference(each.number)}</a>　{each.text}
            </p>
            <p class="quiet">
              {text.asks(each.asks)}　{text.columns.owner} {each.ownerName ?? text.nobody}　{text.columns.due}{' '}
              <Due question={each} today={today} />
            </p>
          </li>
        ))}
      </ul>
      {questions.length === 0 ? null : (
        <p>
          <a href={QUESTIONS_PATH}>{text.all}</a>
        </p>
      )}
    </section>
  );
};
