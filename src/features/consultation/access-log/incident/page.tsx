/** The incident kit's form and what it found. */
import type { Child } from 'hono/jsx';
import { KINDS } from '../../words.ts';
import type { LoggedPerson } from '../data.ts';
import { logPath } from '../paths.ts';
import { logText } from '../text.ts';
import { type Report, seenCells } from './report.ts';
import type { InvestigationField } from './schema.ts';
import { INVESTIGATION_FIELDS } from './schema.ts';
import { incidentText as text } from './text.ts';

/** More would make a page of megabytes; the CSV has all. */
const MOST_SHOWN = 300;

interface IncidentProps {
  people: readonly LoggedPerson[];
  asked: (field: InvestigationField) => string;
  faults: readonly InvestigationField[];
  /** Undefined while nothing was asked for. */
  report: Report | undefined;
}

export function IncidentView({ people, asked, faults, report }: IncidentProps) {
  return (
    <>
      <p>{text.lead}</p>
      <p class="notice">{text.noNames}</p>
      <form method="get" action="/incident" class="panel no-print" aria-label={text.title}>
        {faults.length > 0 ? (
          <p class="notice error" role="alert">
            {text.faultTitle} {faults.map((field) => text.fields[field]).join('、')}
          </p>
        ) : null}
        <Frame field="staff" faults={faults}>
          <select id="incident-staff" name="staff" {...describedBy('staff', faults)}>
            <option value="">{text.choose}</option>
            {[...Map.groupBy(people, ({ center }) => center)].map(([center, members]) => (
              <optgroup label={center}>
                {members.map(({ id, name, hasLeft }) => (
                  <option value={id} selected={id === asked('staff')}>
                    {hasLeft ? logText.left(name) : name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </Frame>
        {(['since', 'until'] as const).map((field) => (
          <Frame field={field} faults={faults} hint={text.hints[field]}>
            <input
              type="datetime-local"
              id={`incident-${field}`}
              name={field}
              value={asked(field)}
              {...describedBy(field, faults)}
            />
          </Frame>
        ))}
        <Frame field="session" faults={faults} hint={text.hints.session}>
          <input
            type="text"
            id="incident-session"
            name="session"
            value={asked('session')}
            maxlength={16}
            autocomplete="off"
            {...describedBy('session', faults)}
          />
        </Frame>
        <button class="button primary" type="submit">
          {text.submit}
        </button>
      </form>
      {report ? <Found report={report} query={queryOf(asked)} /> : null}
    </>
  );
}

function Frame({
  field,
  faults,
  hint,
  children,
}: {
  field: InvestigationField;
  faults: readonly InvestigationField[];
  hint?: string;
  children?: Child;
}) {
  const isFaulty = faults.includes(field);
  return (
    <div class={isFaulty ? 'field faulty' : 'field'}>
      <label for={`incident-${field}`}>{text.fields[field]}</label>
      {hint ? (
        <p class="hint" id={`incident-${field}-hint`}>
          {hint}
        </p>
      ) : null}
      {isFaulty ? (
        <p class="fault" id={`incident-${field}-fault`}>
          {text.faults[field]}
        </p>
      ) : null}
      {children}
    </div>
  );
}

function describedBy(field: InvestigationField, faults: readonly InvestigationField[]) {
  const isFaulty = faults.includes(field);
  const ids = [
    field === 'staff' ? '' : `incident-${field}-hint`,
    isFaulty ? `incident-${field}-fault` : '',
  ].filter(Boolean);
  return {
    ...(ids.length > 0 ? { 'aria-describedby': ids.join(' ') } : {}),
    ...(isFaulty ? { 'aria-invalid': 'true' as const } : {}),
  };
}

function queryOf(asked: IncidentProps['asked']): string {
  const query = new URLSearchParams();
  for (const field of INVESTIGATION_FIELDS) if (asked(field) !== '') query.set(field, asked(field));
  return query.toString();
}

function Found({ report, query }: { report: Report; query: string }) {
  const { columns } = text;
  const shown = report.rows.slice(0, MOST_SHOWN);
  const heads = [
    columns.reference,
    columns.kind,
    columns.fields,
    columns.first,
    columns.last,
    columns.times,
    columns.surfaces,
    columns.sessions,
  ];
  return (
    <section aria-labelledby="found">
      <h2 id="found">{text.result}</h2>
      <p>{report.rows.length === 0 ? text.nothing : text.summary(report.cases, report.residentCases)}</p>
      {report.searches > 0 ? <p>{text.searches(report.searches)}</p> : null}
      <p class="no-print">
        <a class="button" href={`/incident.csv?${query}`}>
          {text.csv}
        </a>
      </p>
      {report.rows.length > shown.length ? (
        <p class="quiet">{text.shownOf(shown.length, report.rows.length)}</p>
      ) : null}
      {shown.length === 0 ? null : (
        <section class="scroll" tabindex={0} aria-label={text.table}>
          <table class="stacked">
            <caption>{text.table}</caption>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th scope="col">{head}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr>
                  <td data-label={columns.reference}>
                    <a href={logPath({ of: 'case', reference: row.case.reference })}>{row.case.reference}</a>
                  </td>
                  <td data-label={columns.kind}>{KINDS[row.case.kind]}</td>
                  {seenCells(row).map((cell, position) => (
                    // The first two columns say which case it is.
                    <td data-label={heads[position + 2]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
