/** The page that people begin at: what waits for them, then where everything else stands. */
import { MOST_COUNTED } from '../../inbox/data.ts';
import type { ListedCase } from '../../listing/data.ts';
import type { ListView } from '../../listing/rules.ts';
import { listingText } from '../../listing/text.ts';
import { OPEN_STATUSES } from '../../rules.ts';
import { STATUSES, type Status } from '../../words.ts';
import { CaseCards } from '../list/cards.tsx';
import { listPath } from '../list/schema.ts';
import { NEW_CASE_PATH } from '../paths.ts';
import type { PageInbox } from './data.ts';
import { inboxPageText as text } from './text.ts';

export interface InboxPageProps {
  inbox: PageInbox;
  /** Core staff and district staff call the same list by different names. */
  place: 'core' | 'district';
  now: Date;
}

export function InboxPage({ inbox, place, now }: InboxPageProps) {
  const { today, hasMore, asked, offered, unaccepted, mine, counts } = inbox;
  return (
    <>
      <p>
        <a class={place === 'district' ? 'button primary' : 'button'} href={NEW_CASE_PATH}>
          {text.send}
        </a>
      </p>
      <Cases heading={text.asked} cases={asked} now={now} />
      <Cases heading={text.offered} cases={offered} now={now} all="offered" place={place} />
      <h2>{text.today}</h2>
      {today.length > 0 ? <CaseCards cases={today} now={now} /> : <p>{text.nothingToday}</p>}
      {hasMore ? <ToList view="mine" place={place} /> : null}
      <Cases heading={text.unaccepted} cases={unaccepted} now={now} all="unaccepted" place={place} />
      <h2>{text.mine[place]}</h2>
      {mine.length > 0 ? (
        <>
          <CaseCards cases={mine} now={now} />
          <ToList view="mine" place={place} />
        </>
      ) : (
        <p>{text.nothingMine}</p>
      )}
      <h2>{text.counts}</h2>
      <Counts
        head={text.view}
        rows={counts.map(({ view, count }) => ({
          label: listingText.views[place][view],
          path: listPath({ view }),
          count,
        }))}
      />
    </>
  );
}

interface CasesProps {
  heading: string;
  cases: readonly ListedCase[];
  now: Date;
  all?: ListView;
  place?: InboxPageProps['place'];
}

/** Nothing at all where there is none. */
function Cases({ heading, cases, now, all, place }: CasesProps) {
  if (cases.length === 0) return null;
  return (
    <>
      <h2>{heading}</h2>
      <CaseCards cases={cases} now={now} />
      {all && place ? <ToList view={all} place={place} /> : null}
    </>
  );
}

function ToList({ view, place }: { view: ListView; place: InboxPageProps['place'] }) {
  return (
    <p>
      <a href={listPath({ view })}>{text.all(listingText.views[place][view])}</a>
    </p>
  );
}

interface CountRow {
  label: string;
  path?: string;
  count: number;
}

function Counts({ head, rows }: { head: string; rows: readonly CountRow[] }) {
  return (
    <div class="scroll">
      <table class="counts">
        <caption>{text.countsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">{text.count}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, path, count }) => (
            <tr>
              <th scope="row">{path ? <a href={path}>{label}</a> : label}</th>
              <td>{count < MOST_COUNTED || !path ? text.cases(count) : text.atLeast(MOST_COUNTED)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** All that the city section sees of cases. */
export function CityInboxPage({ counts }: { counts: readonly { status: Status; count: number }[] }) {
  return (
    <>
      <h2>{text.cityCounts}</h2>
      <p class="quiet">{text.cityNote}</p>
      <Counts
        head={text.status}
        rows={OPEN_STATUSES.map((status) => ({
          label: STATUSES[status],
          count: counts.find((each) => each.status === status)?.count ?? 0,
        }))}
      />
    </>
  );
}
