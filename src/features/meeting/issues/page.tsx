/** The table and list of 地域課題, and the page of one. Both work without script. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { japanDate } from '../../../lib/jst.ts';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { TOPICS, type Topic } from '../../consultation/words.ts';
import { meetingPath } from '../paths.ts';
import { ISSUE_STATE_WORDS, ISSUE_STATES } from '../words.ts';
import type { Area, ListedIssue } from './data.ts';
import { ISSUES_PATH, issuePath } from './paths.ts';
import { type IssueCount, tableOf } from './rules.ts';
import { issuesText as text } from './text.ts';

/** What is chosen, as the address has it; empty for all. */
export interface Chosen {
  year: number;
  topic: string;
  area: string;
  state: string;
}

interface OverviewProps {
  chosen: Chosen;
  years: readonly number[];
  areas: readonly Area[];
  counts: readonly (IssueCount & { topic: Topic })[];
  issues: readonly ListedIssue[];
  /** Of the list. */
  limit: number;
}

export function Overview({ chosen, years, areas, counts, issues, limit }: OverviewProps): Child {
  return (
    <>
      <Filters chosen={chosen} years={years} areas={areas} />
      <h2>{text.table.heading}</h2>
      {counts.length === 0 ? <p>{text.none}</p> : <CountTable counts={counts} areas={areas} />}
      <p>
        <a class="button" href={`${ISSUES_PATH}.csv?${queryOf(chosen)}`}>
          {text.table.csv}
        </a>
      </p>
      <h2>{text.list.heading}</h2>
      {issues.length === 0 ? <p>{text.none}</p> : <IssueTable issues={issues} />}
      {issues.length === limit ? <p class="quiet">{text.list.more(limit)}</p> : null}
    </>
  );
}

function queryOf({ year, ...rest }: Chosen): string {
  return new URLSearchParams({ year: String(year), ...rest }).toString();
}

function Filters({ chosen, years, areas }: Pick<OverviewProps, 'chosen' | 'years' | 'areas'>): Child {
  const { filters } = text;
  return (
    <form method="get" action={ISSUES_PATH}>
      <h2>{filters.heading}</h2>
      <Choice
        name="year"
        label={filters.year}
        value={String(chosen.year)}
        choices={years.map((year) => [String(year), filters.yearOf(year)])}
      />
      <Choice
        name="topic"
        label={filters.topic}
        value={chosen.topic}
        choices={[['', filters.all], ...Object.entries(TOPICS)]}
      />
      <Choice
        name="area"
        label={filters.area}
        value={chosen.area}
        choices={[['', filters.all], ...areas.map(({ code, short }): [string, string] => [code, short])]}
      />
      <Choice
        name="state"
        label={filters.state}
        value={chosen.state}
        choices={[['', filters.all], ...Object.entries(ISSUE_STATE_WORDS)]}
      />
      <button class="button" type="submit">
        {filters.show}
      </button>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string;
  choices: readonly (readonly [value: string, label: string])[];
}

function Choice({ name, label, value, choices }: ChoiceProps): Child {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {choices.map(([each, words]) => (
          <option value={each} selected={each === value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

function CountTable({ counts, areas }: Pick<OverviewProps, 'counts' | 'areas'>): Child {
  const labels: Readonly<Record<string, string>> = TOPICS;
  return (
    <table class="counts">
      <thead>
        <tr>
          <th scope="col">{text.table.topic}</th>
          {areas.map(({ short }) => (
            <th scope="col">{short}</th>
          ))}
          <th scope="col">{text.table.total}</th>
        </tr>
      </thead>
      <tbody>
        {tableOf(
          counts,
          areas.map(({ code }) => code),
        ).map(({ topic, byArea, total }) => (
          <tr>
            <th scope="row">{labels[topic] ?? topic}</th>
            {byArea.map((count) => (
              <td>{count}</td>
            ))}
            <td>{total}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function IssueTable({ issues }: Pick<OverviewProps, 'issues'>): Child {
  const { list } = text;
  return (
    <table>
      <thead>
        <tr>
          {[list.reference, list.on, list.topic, list.area, list.meeting, list.state].map((each) => (
            <th scope="col">{each}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {issues.map((each) => (
          <tr>
            <td>
              <a href={issuePath(each.reference)}>{each.reference}</a>
            </td>
            <td>{text.day(japanDate(each.foundAt))}</td>
            <td>{TOPICS[each.topic]}</td>
            <td>{each.areaShort}</td>
            <td>
              <MeetingName reference={each.meeting} />
            </td>
            <td>{ISSUE_STATE_WORDS[each.state]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A meeting that one may not see is not named. */
export function MeetingName({ reference }: { reference: string | null }): Child {
  return reference === null ? text.list.hiddenMeeting : <a href={meetingPath(reference)}>{reference}</a>;
}

interface OutcomeProps {
  c: Context<PageEnv>;
  reference: string;
  version: number;
  /** What the form shows: what is stored, or what was typed. */
  state: string;
  outcome: string;
  faults: { state?: string; outcome?: string };
  /** The words seem to hold personal data: asks to confirm that it is nothing personal. */
  needsConfirmation: boolean;
}

export function OutcomeForm(props: OutcomeProps): Child {
  const { c, reference, version, state, outcome, faults, needsConfirmation } = props;
  return (
    <form method="post" action={issuePath(reference)}>
      <FormToken c={c} />
      <input type="hidden" name="version" value={String(version)} />
      <h2>{text.one.change}</h2>
      <div class={faults.state ? 'field faulty' : 'field'}>
        <label for="state">{text.filters.state}</label>
        <Fault id="state-fault" words={faults.state} />
        <select id="state" name="state" {...faultOf('state-fault', faults.state)}>
          {ISSUE_STATES.map((each) => (
            <option value={each} selected={each === state}>
              {ISSUE_STATE_WORDS[each]}
            </option>
          ))}
        </select>
      </div>
      <div class={faults.outcome ? 'field faulty' : 'field'}>
        <label for="outcome">{text.one.outcome}</label>
        <Fault id="outcome-fault" words={faults.outcome} />
        <textarea id="outcome" name="outcome" rows={6} {...faultOf('outcome-fault', faults.outcome)}>
          {`\n${outcome}`}
        </textarea>
      </div>
      {needsConfirmation ? (
        <div class="choices">
          <label>
            <input type="checkbox" name="confirmed" value="yes" />
            <span>{text.record.confirm}</span>
          </label>
        </div>
      ) : null}
      <button class="button primary" type="submit">
        {text.submit}
      </button>
    </form>
  );
}

function Fault({ id, words }: { id: string; words: string | undefined }): Child {
  return words === undefined ? null : (
    <p class="fault" id={id}>
      {words}
    </p>
  );
}

function faultOf(id: string, words: string | undefined) {
  return words === undefined ? {} : { 'aria-invalid': 'true' as const, 'aria-describedby': id };
}
