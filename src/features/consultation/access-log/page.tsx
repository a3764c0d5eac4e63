/** The page of an access log: what it is, its filter, and its entries, newest first. */
import type { Child } from 'hono/jsx';
import { formatDate, formatInstant } from '../../../lib/jst.ts';
import type { Integrity } from '../../../vault/audit-check.ts';
import type { LogEntry, LogPage } from './data.ts';
import { Filter } from './filter.tsx';
import { lineOf, yearAndInstant } from './lines.ts';
import { CSV_ROWS, type LogSubject, type ShownLog } from './mutations.ts';
import { logPath } from './paths.ts';
import type { KinCase } from './resident/data.ts';
import { type AskedLog, type LogFilter, logQueryOf } from './schema.ts';
import { SURFACE_WORDS, logText as text } from './text.ts';

/** A check that is older than this did not take place when it should have. */
const LATE_MS = 26 * 60 * 60_000;

interface LogProps {
  subject: LogSubject;
  asked: AskedLog;
  shown: ShownLog;
  now: Date;
}

export function LogView({ subject, asked, shown, now }: LogProps) {
  const { filter, kin, people, page, integrity } = shown;
  const path = logPath(subject);
  const faults = [...asked.faults];
  return (
    <>
      <p>{subject.of === 'resident' ? text.residentLead : text.lead[shown.reach]}</p>
      {integrity ? <IntegrityNotice integrity={integrity} now={now} /> : null}
      {kin.length > 0 ? <Kin kin={kin} /> : null}
      <OtherLogs subject={subject} />
      <Filter
        path={path}
        filter={filter}
        faults={faults}
        isCaseUnknown={shown.isCaseUnknown}
        people={people}
        hasCase={subject.of === 'all'}
      />
      {faults.length > 0 ? null : <Entries page={page} filter={filter} path={path} after={asked.after} />}
    </>
  );
}

function IntegrityNotice({ integrity, now }: { integrity: Integrity; now: Date }) {
  const { checkedAt, brokenDays, days, lastDay } = integrity;
  const words = text.integrity;
  if (!checkedAt || !lastDay) return <p class="notice">{words.never}</p>;
  const when = formatInstant(checkedAt);
  const isLate = now.getTime() - checkedAt.getTime() > LATE_MS;
  return (
    <section aria-label={words.heading}>
      {brokenDays.length > 0 ? (
        <p class="notice error">{words.broken(when, brokenDays.map(formatDate).join('、'))}</p>
      ) : (
        <p class={isLate ? 'notice warning' : 'notice done'}>
          {words.whole(when, days, formatDate(lastDay))}
        </p>
      )}
      {isLate ? <p class="notice warning">{words.late}</p> : null}
    </section>
  );
}

function Kin({ kin }: { kin: readonly KinCase[] }) {
  return (
    <section aria-labelledby="kin">
      <h2 id="kin">{text.kin.heading}</h2>
      <ul>
        {kin.map(({ reference, kinship }) => (
          <li>
            <a href={logPath({ of: 'case', reference })}>{reference}</a>（{text.kin.words[kinship]}）
          </li>
        ))}
      </ul>
      {kin.length === 1 ? <p class="quiet">{text.kin.none}</p> : null}
    </section>
  );
}

function OtherLogs({ subject }: { subject: LogSubject }) {
  if (subject.of === 'all') return null;
  const { of, reference } = subject;
  return (
    <ul class="buttons no-print">
      <li>
        {of === 'case' ? (
          <a class="button plain" href={logPath({ of: 'resident', reference })}>
            {text.toResident}
          </a>
        ) : (
          <a class="button plain" href={logPath({ of: 'case', reference })}>
            {text.toCase}
          </a>
        )}
      </li>
      <li>
        <a class="button plain" href={logPath({ of: 'all' })}>
          {text.toAll}
        </a>
      </li>
    </ul>
  );
}

function Entries({
  page,
  filter,
  path,
  after,
}: {
  page: LogPage;
  filter: LogFilter;
  path: string;
  after: AskedLog['after'];
}) {
  const { entries, next, isCutShort } = page;
  return (
    <>
      {entries.length > 0 ? <Table entries={entries} /> : null}
      {entries.length === 0 ? <p>{isCutShort ? text.cutShort : text.none}</p> : null}
      <nav class="pages no-print" aria-label={text.caption}>
        {next ? <a href={`${path}${logQueryOf(filter, next)}`}>{text.older}</a> : null}
        {after ? <a href={`${path}${logQueryOf(filter)}`}>{text.newest}</a> : null}
        <a href={`${path}.csv${logQueryOf(filter)}`}>{text.csv(CSV_ROWS)}</a>
      </nav>
    </>
  );
}

function Table({ entries }: { entries: readonly LogEntry[] }) {
  const { columns } = text;
  return (
    // Reached with the keyboard, so that it can be moved on a narrow screen.
    <section class="scroll" tabindex={0} aria-label={text.caption}>
      <table class="stacked">
        <caption>{text.caption}</caption>
        <thead>
          <tr>
            {[columns.at, columns.who, columns.what, columns.case, columns.surface].map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row entry={entry} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ entry }: { entry: LogEntry }): Child {
  const { at, who, center, what, why } = lineOf(entry);
  const { columns } = text;
  return (
    <tr>
      <td data-label={columns.at}>
        <time datetime={at.toISOString()}>{yearAndInstant(at)}</time>
      </td>
      <td data-label={columns.who}>
        {who}
        {center ? `（${center}）` : ''}
      </td>
      <td data-label={columns.what}>
        {what}
        {why ? <p class="quiet">{why}</p> : null}
      </td>
      <td data-label={columns.case}>
        {entry.reference ? (
          <a href={logPath({ of: 'case', reference: entry.reference })}>{entry.reference}</a>
        ) : null}
      </td>
      <td data-label={columns.surface}>{SURFACE_WORDS[entry.surface]}</td>
    </tr>
  );
}
