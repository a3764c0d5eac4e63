/** What centers reported, on the page of a roll-call: the latest of each, who takes over for whom, and how it went in each center. */
import type { Child } from 'hono/jsx';
import { formatInstant } from '../../../lib/jst.ts';
import { noteLook } from '../../directory/noting.ts';
import type { PageSection } from '../parts.ts';
import { maySeePeopleOf } from '../rules.ts';
import { LIFELINES, REPORTER_WORDS } from '../words.ts';
import { listTakeovers, type NamedTakeover, type OpenedReport, openReports } from './data.ts';
import { changeLines, type Fact, factLine } from './lines.ts';
import { takeoverState } from './parts.ts';
import { takeoverText } from './taking-over/text.ts';
import { reportingText, reportNumber } from './text.ts';

const text = reportingText.section;

export const READ_NOTES = 'roll-call.read_report_notes';

export const reportingSection: PageSection = async (c, { rollCall, actor }) => {
  if (rollCall.startedAt === null) return null;
  const scope = c.get('scope');
  const [reports, takeovers] = await Promise.all([
    openReports(scope, rollCall.id, (center) => maySeePeopleOf(actor, center)),
    listTakeovers(scope.db, rollCall.id),
  ]);
  if (reports.some(({ note }) => typeof note === 'string'))
    await noteLook(scope, actor, READ_NOTES, { detail: { rollCall: rollCall.reference } });
  const centers = [...Map.groupBy(reports, ({ center }) => center).values()];
  return (
    <section>
      <h2>{text.heading}</h2>
      {centers.length === 0 ? <p>{text.none}</p> : <LatestTable centers={centers} />}
      {takeovers.length === 0 ? null : <TakeoverTable takeovers={takeovers} />}
      {centers.map((each) => (
        <History reports={each} />
      ))}
    </section>
  );
};

function LatestTable({ centers }: { centers: readonly OpenedReport[][] }): Child {
  const columns = [text.center, text.number, text.at, text.state, text.lifelines, text.more];
  const facts = (report: OpenedReport, list: readonly Fact[]) =>
    list.map((fact) => <div>{factLine(report, fact)}</div>);
  return (
    // Reached with the keyboard, so that it can be moved on a narrow screen.
    <section class="scroll" tabindex={0} aria-label={text.heading}>
      <table class="stacked">
        <caption>{text.heading}</caption>
        <thead>
          <tr>
            {columns.map((label) => (
              <th scope="col">{label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {centers
            .flatMap((reports) => reports.at(-1) ?? [])
            .map((report) => (
              <tr>
                <th scope="row">{report.centerShort}</th>
                <td data-label={text.number}>{reportNumber(report.number)}</td>
                <td data-label={text.at}>{formatInstant(report.at)}</td>
                <td data-label={text.state}>{facts(report, ['service', 'damage', 'building'])}</td>
                <td data-label={text.lifelines}>{facts(report, LIFELINES)}</td>
                <td data-label={text.more}>{facts(report, ['gathered', 'checks', 'needs'])}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

function TakeoverTable({ takeovers }: { takeovers: readonly NamedTakeover[] }): Child {
  const { section } = takeoverText;
  return (
    <section class="scroll" tabindex={0} aria-label={section.heading}>
      <table class="stacked">
        <caption>{section.heading}</caption>
        <thead>
          <tr>
            <th scope="col">{section.closed}</th>
            <th scope="col">{section.substitute}</th>
            <th scope="col">{section.state}</th>
          </tr>
        </thead>
        <tbody>
          {takeovers.map((each) => (
            <tr>
              <th scope="row">{each.centerShort}</th>
              <td data-label={section.substitute}>{each.substituteShort}</td>
              <td data-label={section.state}>{takeoverState(each)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** One center's reports in order, the first one whole, each later one by what changed. */
function History({ reports }: { reports: readonly OpenedReport[] }): Child {
  const [first] = reports;
  if (!first) return null;
  return (
    <details>
      <summary>{text.history(first.centerShort)}</summary>
      <ol class="cards">
        {reports.map((report, i) => {
          const changes = changeLines(reports[i - 1], report);
          return (
            <li>
              <p>
                <strong>{reportNumber(report.number)}</strong> {formatInstant(report.at)} {reporterOf(report)}
              </p>
              <p>{changes.length === 0 ? text.noChange : changes.join('、')}</p>
              {typeof report.note === 'string' ? (
                <p class="panel typed">
                  {text.note}：{report.note}
                </p>
              ) : null}
            </li>
          );
        })}
      </ol>
    </details>
  );
}

/** By name for those who may know who works there; else as whom. */
function reporterOf({ note, byName, reporter }: OpenedReport): string {
  return note === undefined ? REPORTER_WORDS[reporter] : text.reporter(byName, reporter);
}
