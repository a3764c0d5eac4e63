/** What a training adds to the page of its meeting, for those who arrange it: who applied, the way to the record, what people thought of it. */
import type { Child } from 'hono/jsx';
import { noteLook } from '../../directory/noting.ts';
import { circleOf } from '../data.ts';
import type { PageSection } from '../pages/section.ts';
import { mayArrange } from '../rules.ts';
import { stateOf } from './applying/blocks.ts';
import { isRecordable } from './attending/mutations.ts';
import { type Application, listApplications } from './data.ts';
import { recordPath } from './paths.ts';
import { MARKS, type MarkResult, MIN_ANSWERS, type SurveyAnswer, surveyResult } from './rules.ts';
import { openAnswers } from './survey/data.ts';
import { surveyText } from './survey/text.ts';
import { trainingText as text } from './text.ts';

export const trainingSection: PageSection = async (c, loaded, actor) => {
  if (!loaded.training || !mayArrange(actor, circleOf(loaded))) return null;
  const scope = c.get('scope');
  const { id, reference, endsAt } = loaded.meeting;
  const applications = await listApplications(scope.db, id);
  const isOver = endsAt !== null && scope.now >= endsAt;
  const answers = isOver ? await openAnswers(scope, id) : [];
  if (answers.length >= MIN_ANSWERS)
    await noteLook(scope, actor, 'meeting.read_survey', { detail: { meeting: reference } });
  return (
    <>
      <Applicants applications={applications} />
      {isRecordable(loaded, actor, scope.now) ? (
        <p>
          <a class="button" href={recordPath(reference)}>
            {text.record}
          </a>
        </p>
      ) : null}
      {isOver ? <Results answers={answers} /> : null}
    </>
  );
};

function Applicants({ applications }: { applications: readonly Application[] }): Child {
  return (
    <section>
      <h2>{text.applicants}</h2>
      {applications.length === 0 ? (
        <p>{text.apply.noneListed}</p>
      ) : (
        <table>
          <thead>
            <tr>
              {Object.values(text.columns).map((each) => (
                <th scope="col">{each}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {applications.map((each) => (
              <tr>
                <td>{each.name}</td>
                <td>{each.centerShort}</td>
                <td>{each.profession}</td>
                <td>{stateOf(applications, each.person)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Results({ answers }: { answers: readonly SurveyAnswer[] }): Child {
  const result = surveyResult(answers);
  const { fields } = surveyText;
  return (
    <section>
      <h2>{surveyText.results}</h2>
      {result === undefined ? (
        <p>{surveyText.few(answers.length, MIN_ANSWERS)}</p>
      ) : (
        <>
          <p>{surveyText.answers(answers.length)}</p>
          <table class="counts">
            <thead>
              <tr>
                <th scope="col">{surveyText.columns.question}</th>
                <th scope="col">{surveyText.columns.average}</th>
                {MARKS.map((mark) => (
                  <th scope="col">{surveyText.marks[mark]}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              <MarkRow label={fields.understood} result={result.understood} />
              <MarkRow label={fields.useful} result={result.useful} />
            </tbody>
          </table>
          <h3>{surveyText.comments}</h3>
          {result.comments.length === 0 ? (
            <p>{surveyText.noComments}</p>
          ) : (
            <ul>
              {result.comments.map((comment) => (
                <li class="typed">{comment}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}

function MarkRow({ label, result }: { label: string; result: MarkResult }): Child {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{surveyText.average(result.average)}</td>
      {result.counts.map((count) => (
        <td>{count}</td>
      ))}
    </tr>
  );
}
