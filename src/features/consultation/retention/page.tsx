/** What the pages of retention show: references, controlled words and dates. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { formatLongDate, japanDate } from '../../../lib/jst.ts';
import { FormToken, showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { Retention } from '../../directory/handling/rules.ts';
import type { Consultation } from '../data.ts';
import { casePath } from '../pages/paths.ts';
import { KINDS, STATUSES } from '../words.ts';
import type { listErased, RetainedCase } from './overview/data.ts';
import { retentionText as text } from './text.ts';

const { columns } = text;

interface OverviewProps {
  c: Context<PageEnv>;
  retention: Retention;
  announced: readonly RetainedCase[];
  holds: readonly RetainedCase[];
  erased: Awaited<ReturnType<typeof listErased>>;
  mayHold: boolean;
  fault: string | undefined;
  done: string | undefined;
}

export function RetentionPage({
  c,
  retention,
  announced,
  holds,
  erased,
  mayHold,
  fault,
  done,
}: OverviewProps) {
  const notice = done === 'held' ? text.done.held : done === 'lifted' ? text.done.lifted : undefined;
  return (
    <>
      {notice ? (
        <p class="notice done" role="status">
          {notice}
        </p>
      ) : null}
      <p>{text.lead(retention.individual, retention.operation)}</p>
      <p>{text.whatGoes}</p>
      <p class="quiet">{text.timeTravel}</p>
      <h2>{text.announced}</h2>
      {announced.length === 0 ? (
        <p class="quiet">{text.nothingAnnounced}</p>
      ) : (
        <CaseTable
          caption={text.announcedCaption}
          cases={announced}
          mayHold={mayHold}
          last={[columns.eraseOn, ({ eraseOn }) => eraseOn && formatLongDate(eraseOn)]}
        />
      )}
      <h2>{text.held}</h2>
      {holds.length === 0 ? (
        <p class="quiet">{text.nothingHeld}</p>
      ) : (
        <CaseTable
          caption={text.held}
          cases={holds}
          mayHold={mayHold}
          last={[
            columns.heldBy,
            ({ heldBy, heldAt }) =>
              [heldBy && text.by(heldBy), heldAt && formatLongDate(japanDate(heldAt))]
                .filter(Boolean)
                .join(' '),
          ]}
        />
      )}
      {mayHold ? <FindForm c={c} fault={fault} /> : null}
      <h2>{text.erased}</h2>
      {erased.length === 0 ? <p class="quiet">{text.nothingErased}</p> : <ErasedTable erased={erased} />}
    </>
  );
}

interface TableProps {
  caption: string;
  cases: readonly RetainedCase[];
  mayHold: boolean;
  last: readonly [heading: string, value: (of: RetainedCase) => string | null];
}

function CaseTable({ caption, cases, mayHold, last: [heading, lastOf] }: TableProps): Child {
  return (
    <div class="scroll">
      <table class="stacked">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.reference}</th>
            <th scope="col">{columns.center}</th>
            <th scope="col">{columns.kind}</th>
            <th scope="col">{columns.status}</th>
            <th scope="col">{columns.ended}</th>
            <th scope="col">{heading}</th>
            {mayHold ? <th scope="col">{text.manage}</th> : null}
          </tr>
        </thead>
        <tbody>
          {cases.map((of) => (
            <tr>
              <th scope="row">
                <a href={casePath(of.reference)}>{of.reference}</a>
              </th>
              <td data-label={columns.center}>{of.center}</td>
              <td data-label={columns.kind}>{KINDS[of.kind]}</td>
              <td data-label={columns.status}>{STATUSES[of.status]}</td>
              <td data-label={columns.ended}>
                {of.endedAt ? formatLongDate(japanDate(of.endedAt)) : text.none}
              </td>
              <td data-label={heading}>{lastOf(of) ?? text.none}</td>
              {mayHold ? (
                <td>
                  <a href={`/retention/${of.reference}`} aria-label={text.manageOf(of.reference)}>
                    {text.manageLink}
                  </a>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ErasedTable({ erased }: Pick<OverviewProps, 'erased'>) {
  return (
    <div class="scroll">
      <table>
        <caption>{text.erased}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.reference}</th>
            <th scope="col">{columns.center}</th>
            <th scope="col">{columns.erasedOn}</th>
          </tr>
        </thead>
        <tbody>
          {erased.map(({ reference, center, erasedAt }) => (
            <tr>
              <th scope="row">{reference}</th>
              <td>{center}</td>
              <td>{formatLongDate(japanDate(erasedAt))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FindForm({ c, fault }: Pick<OverviewProps, 'c' | 'fault'>) {
  return (
    <>
      <h2>{text.find.heading}</h2>
      <form method="post" action="/retention/find">
        <FormToken c={c} />
        <div class={fault ? 'field faulty' : 'field'}>
          <label for="reference">{text.find.label}</label>
          <p class="hint" id="reference-hint">
            {text.find.hint}
          </p>
          {fault ? (
            <p class="fault" id="reference-fault">
              {fault}
            </p>
          ) : null}
          <input
            type="text"
            id="reference"
            name="reference"
            autocomplete="off"
            aria-describedby={fault ? 'reference-hint reference-fault' : 'reference-hint'}
            {...(fault ? { 'aria-invalid': 'true' as const } : {})}
          />
        </div>
        <button class="button" type="submit">
          {text.find.submit}
        </button>
      </form>
    </>
  );
}

/** In the place of a case whose time of keeping is over, for whoever might see it. Requires `erasedAt`. */
export function showErased(
  c: Context<PageEnv>,
  { reference, erasedAt, updatedAt }: Pick<Consultation, 'reference' | 'erasedAt' | 'updatedAt'>,
): Promise<Response> {
  return showPage(c, {
    title: text.erasedTitle(reference),
    status: 410,
    body: (
      <>
        <p class="notice">{text.erasedSentence(formatLongDate(japanDate(erasedAt ?? updatedAt)))}</p>
        <p>{text.erasedMore}</p>
      </>
    ),
  });
}
