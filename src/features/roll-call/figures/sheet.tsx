/** A report to be read, on the screen and on A4. */
import type { Child } from 'hono/jsx';
import { type ReportTable, showCell } from './cells.ts';
import { AnswerCurve, CenterBars } from './charts.tsx';
import type { Report } from './data.ts';
import { factsOf } from './facts.ts';
import { labelOfBefore, tablesOf } from './lines.ts';
import { endOf } from './rules.ts';
import { reportText as text } from './text.ts';

export function ReportSheet({ report }: { report: Report }): Child {
  const { course, figures, previous, centers } = report;
  const label = labelOfBefore(report);
  const tables = tablesOf(report);
  const now = {
    label: text.curve.now,
    figures,
    lengthMs: endOf(course).getTime() - course.startedAt.getTime(),
  };
  const before =
    previous && label !== null
      ? {
          label,
          figures: previous.comparison.before,
          lengthMs: previous.rollCall.closedAt.getTime() - previous.rollCall.startedAt.getTime(),
        }
      : null;
  return (
    <article class="sheet">
      <dl class="entries">
        {factsOf(report).map(([name, content]) => (
          <div>
            <dt>{name}</dt>
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">{text.definitions}</p>
      <h2>{text.curve.heading}</h2>
      <AnswerCurve now={now} before={before} />
      <Table table={tables.rates} />
      <h2>{tables.centers.heading}</h2>
      <CenterBars centers={centers} before={label} />
      <Table table={tables.centers} />
      <Section table={tables.ways} />
      <Section table={tables.effects} />
      <Section table={tables.reports} />
      <Section table={tables.takeovers} />
      <Section table={tables.checks} />
    </article>
  );
}

function Section({ table }: { table: ReportTable }): Child {
  return (
    <>
      <h2>{table.heading}</h2>
      {table.rows.length === 0 ? <p>{table.none ?? text.nothing}</p> : <Table table={table} />}
    </>
  );
}

/** On phones a row is a card, its first cell the card's head. */
function Table({ table: { heading, head, rows, note } }: { table: ReportTable }): Child {
  return (
    <>
      <section class="scroll" tabindex={0} aria-label={heading}>
        <table class="stacked figures">
          <thead>
            <tr>
              {head.map((each) => (
                <th scope="col">{each}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first = '', ...rest]) => (
              <tr>
                <th scope="row">{showCell(first)}</th>
                {rest.map((cell, position) => (
                  <td data-label={head[position + 1] ?? ''}>{showCell(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {note === undefined ? null : <p class="quiet">{note}</p>}
    </>
  );
}
