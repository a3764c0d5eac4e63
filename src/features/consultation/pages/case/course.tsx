/** The course of a case on its page: what is planned, and what happened. */
import { formatDate, formatInstant, japanDate } from '../../../../lib/jst.ts';
import { detailRows, sentenceOf, type TimelineLine } from '../../timeline/lines.ts';
import { timelineText } from '../../timeline/text.ts';
import { ACTIVITY_KINDS, BODIES } from '../../words.ts';
import { operationPath } from '../paths.ts';
import { pagesText as text } from '../text.ts';
import type { CaseOnPage } from './mutations.ts';

/** What is planned, the next first, and the way to record it. */
export function Planned({ shown: { loaded, opened, operations } }: { shown: CaseOnPage }) {
  const planned = opened.activities.filter(({ state }) => state === 'planned');
  if (planned.length === 0) return null;
  const { people, bodies } = timelineText.sheet;
  return (
    <section aria-labelledby="planned">
      <h2 id="planned">{text.planned}</h2>
      <ul class="cards">
        {planned.map((each) => (
          <li>
            <p class="name">
              {formatDate(each.heldOn)} {each.startsAtTime ?? ''} {ACTIVITY_KINDS[each.kind]}
            </p>
            {each.peopleNames.length > 0 ? <p>{people(each.peopleNames.join('、'))}</p> : null}
            {each.bodies.length > 0 ? (
              <p>{bodies(each.bodies.map((code) => BODIES[code]).join('、'))}</p>
            ) : null}
            {each.summary ? <p class="typed">{each.summary}</p> : null}
          </li>
        ))}
      </ul>
      {operations.includes('record') ? (
        <p class="no-print">
          <a href={operationPath(loaded.consultation.reference, 'record')}>{text.recordPlanned}</a>
        </p>
      ) : null}
    </section>
  );
}

/** So many stand in the open; a case of years has hundreds. */
const IN_THE_OPEN = 20;

/** Newest first: what happened last is what a reader comes for. */
export function Course({ lines }: { lines: readonly TimelineLine[] }) {
  const newestFirst = lines.toReversed();
  const [latest, older] = [newestFirst.slice(0, IN_THE_OPEN), newestFirst.slice(IN_THE_OPEN)];
  return (
    <>
      <Lines lines={latest} />
      {older.length > 0 ? (
        <details>
          <summary>{text.olderCourse(older.length)}</summary>
          <Lines lines={older} />
        </details>
      ) : null}
    </>
  );
}

function Lines({ lines }: { lines: readonly TimelineLine[] }) {
  return (
    <ul class="course">
      {lines.map((line) => (
        <li>
          <p class="quiet">
            <time datetime={line.at.toISOString()}>
              {text.courseAt(japanDate(line.at).slice(0, 4), formatInstant(line.at))}
            </time>
          </p>
          <p>
            <strong>{sentenceOf(line)}</strong>
          </p>
          {detailRows(line).map((row) => (
            <p class="typed">{row}</p>
          ))}
          {line.seq === 1
            ? null
            : line.texts.map(({ heading, body }) => (
                <div class="panel">
                  <h3>{heading}</h3>
                  <p class="typed">{body}</p>
                </div>
              ))}
        </li>
      ))}
    </ul>
  );
}
