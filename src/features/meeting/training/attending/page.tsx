/** The record of one training as a form of one input a person, and the hours of a year. Both work without script. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { FormToken } from '../../../../web/frame.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import { meetingPath } from '../../paths.ts';
import type { Application } from '../data.ts';
import { HOURS_PATH, recordPath, TRAININGS_PATH } from '../paths.ts';
import type { LearntHours } from './data.ts';
import { MARK_FIELD, MINUTES_FIELD, type RecordForm } from './schema.ts';
import { attendingText as text } from './text.ts';

interface RecordProps {
  c: Context<PageEnv>;
  reference: string;
  applications: readonly Application[];
  /** Of the whole training, in minutes. */
  length: number;
  mark: string;
  isSaved: boolean;
  /** What was typed, when it was not stored, and why. */
  refused?: { form: RecordForm; why: 'faulty' | 'stale' } | undefined;
}

export function RecordPage({
  c,
  reference,
  applications,
  length,
  mark,
  isSaved,
  refused,
}: RecordProps): Child {
  return (
    <>
      {isSaved ? (
        <p class="notice done" role="status">
          {text.saved}
        </p>
      ) : null}
      {refused ? (
        <div class="notice error" role="alert">
          <p>{refused.why === 'stale' ? text.errors.stale : text.errors.summary}</p>
        </div>
      ) : null}
      {applications.length === 0 ? (
        <p>{text.none}</p>
      ) : (
        <form method="post" action={recordPath(reference)}>
          <FormToken c={c} />
          <input type="hidden" name={MARK_FIELD} value={mark} />
          <p>{text.intro(length)}</p>
          <table>
            <thead>
              <tr>
                <th scope="col">{text.columns.name}</th>
                <th scope="col">{text.columns.center}</th>
                <th scope="col">{text.columns.minutes}</th>
              </tr>
            </thead>
            <tbody>
              {applications.map((each) => (
                <RecordRow each={each} length={length} refused={refused} />
              ))}
            </tbody>
          </table>
          <button class="button primary" type="submit">
            {text.save}
          </button>
        </form>
      )}
      <p>
        <a class="button plain" href={meetingPath(reference)}>
          {text.back}
        </a>
      </p>
    </>
  );
}

function RecordRow({
  each,
  length,
  refused,
}: Pick<RecordProps, 'length' | 'refused'> & { each: Application }) {
  const { person, name, centerShort, attendedMinutes } = each;
  const value = refused?.form.typed.get(person) ?? String(attendedMinutes ?? length);
  const isFaulty = refused?.form.faulty.has(person) ?? false;
  const fault = `fault-${person}`;
  return (
    <tr>
      <td>{name}</td>
      <td>{centerShort}</td>
      <td class={isFaulty ? 'faulty' : ''}>
        <input
          type="text"
          inputmode="numeric"
          name={`${MINUTES_FIELD}${person}`}
          aria-label={text.minutesOf(name)}
          value={value}
          autocomplete="off"
          {...(isFaulty ? { 'aria-invalid': 'true' as const, 'aria-describedby': fault } : {})}
        />
        {isFaulty ? (
          <p class="fault" id={fault}>
            {text.errors.minutes(length)}
          </p>
        ) : null}
        {refused?.why === 'stale' ? <p class="quiet">{text.stored(attendedMinutes)}</p> : null}
      </td>
    </tr>
  );
}

interface HoursProps {
  hours: readonly LearntHours[];
  year: number;
  years: readonly number[];
}

export function HoursPage({ hours, year, years }: HoursProps): Child {
  const { columns } = text.hours;
  return (
    <>
      <form method="get" action={HOURS_PATH} class="field">
        <label for="year">{text.hours.yearField}</label>
        <select id="year" name="year">
          {years.map((each) => (
            <option value={String(each)} selected={each === year}>
              {text.hours.year(each)}
            </option>
          ))}
        </select>
        <button class="button" type="submit">
          {text.hours.show}
        </button>
      </form>
      <p class="quiet">{text.hours.note}</p>
      {hours.length === 0 ? (
        <p>{text.hours.none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              {Object.values(columns).map((each) => (
                <th scope="col">{each}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {hours.map((each) => (
              <tr>
                <td>{each.name}</td>
                <td>{each.center}</td>
                <td>{each.profession}</td>
                <td>{each.count}</td>
                <td>{hoursOf(each.minutes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ul class="buttons">
        <li>
          <a class="button" href={`${HOURS_PATH}.csv?year=${year}`}>
            {text.hours.csv}
          </a>
        </li>
        <li>
          <a class="button plain" href={TRAININGS_PATH}>
            {text.hours.back}
          </a>
        </li>
      </ul>
    </>
  );
}

/** Hours with two decimals at most: `1.5`. */
export function hoursOf(minutes: number): number {
  return Math.round((minutes / 60) * 100) / 100;
}
