/** Charts drawn here, as SVG: no script. What colour tells, a pattern, a shape or a word tells, too; each stands beside a table of the same figures. */
import { scaleLinear } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import type { Child } from 'hono/jsx';
import type { CenterFigures } from './data.ts';
import { countWithin, type Figures, RATE_MINUTES } from './rules.ts';
import { formatShare, reportText as text } from './text.ts';

const MINUTE_MS = 60_000;
const WIDTH = 720;

interface Drawn {
  label: string;
  figures: Figures;
  /** From the start until it ended, or until now. */
  lengthMs: number;
}

const CURVE = { height: 300, left: 48, right: 130, top: 16, bottom: 44 } as const;
/** Closer labels at the ends of two lines would cover each other. */
const LABEL_GAP = 18;

/** How the answers came in, beside how they did the time before. */
export function AnswerCurve({ now, before }: { now: Drawn; before: Drawn | null }): Child {
  const { height, left, right, top, bottom } = CURVE;
  const drawn = before ? [now, before] : [now];
  const untilMs = Math.max(60 * MINUTE_MS, ...drawn.map(({ figures }) => figures.times.at(-1) ?? 0));
  const x = scaleLinear([0, untilMs / MINUTE_MS], [left, WIDTH - right]);
  const y = scaleLinear([0, 100], [height - bottom, top]);
  const lines = drawn.map((each) => {
    const points = pointsOf(each, untilMs, (ms) => x(ms / MINUTE_MS));
    return { ...each, points, end: points.at(-1) ?? { px: left, share: 0 } };
  });
  const labels = spread(lines.map(({ end }) => y(end.share)));
  const path = line<{ px: number; share: number }>(
    ({ px }) => px,
    ({ share }) => y(share),
  )
    .curve(curveStepAfter)
    .digits(1);
  return (
    <figure class="chart" tabindex={0} aria-label={text.curve.title}>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-labelledby="curve-title curve-desc">
        <title id="curve-title">{text.curve.title}</title>
        <desc id="curve-desc">{text.curve.desc(sentenceOf(now), before ? sentenceOf(before) : null)}</desc>
        {y.ticks(4).map((share) => (
          <>
            <line class="grid" x1={left} x2={WIDTH - right} y1={y(share)} y2={y(share)} />
            <text x={left - 6} y={y(share) + 4} text-anchor="end">
              {share}%
            </text>
          </>
        ))}
        {x.ticks(6).map((minutes) => (
          <text x={x(minutes)} y={height - bottom + 18} text-anchor="middle">
            {minutes}
          </text>
        ))}
        <text x={(left + WIDTH - right) / 2} y={height - 6} text-anchor="middle">
          {text.curve.minutes}
        </text>
        {lines.map(({ figures, label, points, end, lengthMs }, position) => (
          <g class={position === 0 ? 'now' : 'before'}>
            <path class="curve" d={path(points) ?? ''} />
            {RATE_MINUTES.filter((minutes) => minutes * MINUTE_MS <= lengthMs).map((minutes) => (
              <Mark x={x(minutes)} y={y(shareWithin(figures, minutes * MINUTE_MS))} isSquare={position > 0} />
            ))}
            <text x={end.px + 8} y={(labels[position] ?? 0) + 4}>
              {text.curve.line(label, formatShare(figures.answered, figures.roster))}
            </text>
          </g>
        ))}
      </svg>
      <figcaption>
        {before ? `${text.curve.legendNow}　${text.curve.legendBefore(before.label)}` : text.curve.legendNow}
      </figcaption>
    </figure>
  );
}

function Mark({ x, y, isSquare }: { x: number; y: number; isSquare: boolean }): Child {
  return isSquare ? (
    <rect class="mark" x={round(x) - 4} y={round(y) - 4} width="8" height="8" />
  ) : (
    <circle class="mark" cx={round(x)} cy={round(y)} r="4" />
  );
}

function sentenceOf({ label, figures }: Drawn): string {
  const rates = RATE_MINUTES.map((minutes) => {
    const answered = figures.within.find((each) => each.minutes === minutes)?.answered ?? null;
    return answered === null ? [] : [text.rateAt(minutes, formatShare(answered, figures.roster))];
  });
  return `${label} ${rates.flat().join('、')}`;
}

function shareWithin({ times, roster }: Figures, ms: number): number {
  return roster === 0 ? 0 : (countWithin(times, ms) * 100) / roster;
}

/** One point for each pixel at which somebody answered: thousands of answers are no thousands of points. */
function pointsOf(
  { figures, lengthMs }: Drawn,
  untilMs: number,
  toPixel: (ms: number) => number,
): { px: number; share: number }[] {
  const shares = new Map([[Math.round(toPixel(0)), 0]]);
  figures.times.forEach((ms, position) => {
    shares.set(Math.round(toPixel(ms)), ((position + 1) * 100) / figures.roster);
  });
  const endMs = Math.max(figures.times.at(-1) ?? 0, Math.min(lengthMs, untilMs));
  shares.set(Math.round(toPixel(endMs)), shareWithin(figures, endMs));
  return [...shares].map(([px, share]) => ({ px, share }));
}

/** Heights of one or two labels, apart from each other. */
function spread(heights: readonly number[]): number[] {
  const [first = 0, second] = heights;
  if (second === undefined || Math.abs(first - second) >= LABEL_GAP) return [...heights];
  const shift = (LABEL_GAP - Math.abs(first - second)) / 2;
  return first <= second ? [first - shift, second + shift] : [first + shift, second - shift];
}

const BARS = { row: 26, top: 6, left: 230, right: 150 } as const;
/** Characters in the space left of the bars. */
const NAME_LENGTH = 16;
/** As many as stand on one sheet of A4 without a break inside. */
const BARS_A_CHART = 24;

/** Answered of roster, by center. */
export function CenterBars({
  centers,
  before,
}: {
  centers: readonly CenterFigures[];
  /** What the time before is called; null where nothing is compared. */
  before: string | null;
}): Child {
  const shown = centers.filter(({ figures }) => figures !== null);
  const charts = Array.from({ length: Math.ceil(shown.length / BARS_A_CHART) }, (_, n) =>
    shown.slice(n * BARS_A_CHART, (n + 1) * BARS_A_CHART),
  );
  return (
    <>
      {charts.map((some, position) => (
        <figure class="chart" tabindex={0} aria-label={text.centers.chart}>
          <BarChart centers={some} id={`bars-${position + 1}`} />
          <figcaption>{before === null ? text.centers.legend : text.centers.legendBefore(before)}</figcaption>
        </figure>
      ))}
    </>
  );
}

function BarChart({ centers, id }: { centers: readonly CenterFigures[]; id: string }): Child {
  const { row, top, left, right } = BARS;
  const x = scaleLinear([0, 1], [left, WIDTH - right]);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${centers.length * row + 2 * top}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>{text.centers.chart}</title>
      <desc id={`${id}-desc`}>{text.centers.chartDesc(centers.length)}</desc>
      <defs>
        <pattern id={`${id}-hatch`} width="6" height="6" patternUnits="userSpaceOnUse">
          <path class="hatch" d="M0 6L6 0M-1 1L1 -1M5 7L7 5" />
        </pattern>
      </defs>
      {centers.map(({ short, figures, before }, position) => {
        const y = top + position * row;
        const { answered = 0, roster = 0 } = figures ?? {};
        const share = roster === 0 ? 0 : answered / roster;
        return (
          <>
            <text x={left - 8} y={y + 17} text-anchor="end">
              {cutName(short)}
            </text>
            <rect
              class="rest"
              x={left}
              y={y + 4}
              width={x(1) - left}
              height={row - 8}
              fill={`url(#${id}-hatch)`}
            />
            <rect class="bar" x={left} y={y + 4} width={round(x(share) - left)} height={row - 8} />
            {before && before.roster > 0 ? (
              <rect
                class="mark-before"
                x={round(x(before.answered / before.roster)) - 2}
                y={y + 1}
                width="4"
                height={row - 2}
              />
            ) : null}
            <text x={WIDTH - right + 8} y={y + 17}>
              {`${answered}／${roster}（${formatShare(answered, roster)}）`}
            </text>
          </>
        );
      })}
    </svg>
  );
}

/** What would stand beyond the edge; the table has it whole. */
function cutName(short: string): string {
  return short.length > NAME_LENGTH ? `${short.slice(0, NAME_LENGTH - 1)}…` : short;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
