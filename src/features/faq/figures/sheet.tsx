/** The figures of the FAQ on a page: tables, and bars beside the months. */
import { scaleLinear } from 'd3-scale';
import type { Child } from 'hono/jsx';
import { FAQ_PATH } from '../paths.ts';
import type { Figures } from './data.ts';
import { monthsTable, type Table, tablesOf } from './lines.ts';
import { FIGURES_PATH } from './paths.ts';
import { codeOf, type Period, type Span } from './rules.ts';
import { figuresText as text } from './text.ts';

interface SheetProps {
  figures: Figures;
  span: Span;
  chosen: Period;
  periods: readonly Period[];
  months: readonly string[];
  firstMonth: number;
}

export function FigureSheet({ figures, span, chosen, periods, months, firstMonth }: SheetProps): Child {
  const isChosen = (period: Period) => codeOf(period) === codeOf(chosen);
  return (
    <>
      <p>{text.lead}</p>
      <form method="get" action={FIGURES_PATH} class="no-print">
        <div class="field">
          <label for="period">{text.period}</label>
          <select id="period" name="period">
            {periods.map((period) => (
              <option value={codeOf(period)} selected={isChosen(period)}>
                {text.periodOf(period, firstMonth)}
              </option>
            ))}
          </select>
        </div>
        <ul class="buttons">
          <li>
            <button class="button" type="submit">
              {text.show}
            </button>
          </li>
          <li>
            <a class="button" href={`${FIGURES_PATH}.csv?period=${codeOf(chosen)}`}>
              {text.csv}
            </a>
          </li>
          <li>
            <a class="button plain" href={FAQ_PATH}>
              {text.back}
            </a>
          </li>
        </ul>
      </form>
      <p>
        <strong>{text.periodOf(chosen, firstMonth)}</strong>（{text.span(span)}）
      </p>
      {tablesOf(figures, months).map((table) => (
        <>
          <h2>{table.heading}</h2>
          <p class="quiet">{table.note}</p>
          {table.heading === text.months.heading ? <MonthBars table={monthsTable(figures, months)} /> : null}
          {table.rows.length === 0 ? <p>{text.none}</p> : <FigureTable table={table} />}
        </>
      ))}
    </>
  );
}

function FigureTable({ table: { heading, head, rows } }: { table: Table }): Child {
  // Questions are long: they stand below each other on a phone; figures stand in columns.
  const isOfEntries = head.includes(text.entry.question);
  return (
    <section class="scroll" tabindex={0} aria-label={heading}>
      <table class={isOfEntries ? 'stacked' : 'counts'}>
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
              <th scope="row">
                {typeof first === 'object' ? <a href={first.path}>{first.words}</a> : first}
              </th>
              {rest.map((cell, position) => (
                <td {...(isOfEntries && position > 0 ? { 'data-label': head[position + 1] } : {})}>
                  <span>{typeof cell === 'object' ? cell.words : cell}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const CHART = { width: 720, row: 26, top: 6, left: 110, right: 60 } as const;

/** The numbers stand at the bars, and in the table below. */
function MonthBars({ table }: { table: Table }): Child {
  const { width, row, top, left, right } = CHART;
  const rows = table.rows.map(([label, count]) => ({ label: String(label), count: Number(count) }));
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const x = scaleLinear([0, most], [left, width - right]);
  return (
    <figure class="chart" tabindex={0} aria-label={text.months.chart}>
      <svg viewBox={`0 0 ${width} ${rows.length * row + 2 * top}`} role="img" aria-labelledby="months-title">
        <title id="months-title">{text.months.chart}</title>
        {rows.map(({ label, count }, position) => {
          const y = top + position * row;
          return (
            <>
              <text x={left - 8} y={y + 17} text-anchor="end">
                {label}
              </text>
              <rect class="bar" x={left} y={y + 4} width={Math.round(x(count) - left)} height={row - 8} />
              <text x={Math.round(x(count)) + 8} y={y + 17}>
                {count}
              </text>
            </>
          );
        })}
      </svg>
    </figure>
  );
}
