/** The agenda on the page of a meeting, with its titles; a case's link for those who may see it. */
import type { Child } from 'hono/jsx';
import { circleOf } from '../data.ts';
import type { PageSection } from '../pages/section.ts';
import { mayRead } from '../rules.ts';
import { listAgenda, type OpenedItem, seenAmong } from './data.ts';
import { agendaText as text } from './text.ts';

const MINUTE_MS = 60_000;

export const agendaSection: PageSection = async (c, loaded, actor) => {
  if (!mayRead(actor, circleOf(loaded))) return null;
  const scope = c.get('scope');
  const { meeting } = loaded;
  const items = await listAgenda(scope, meeting.id);
  const cases = items.flatMap(({ consultationId }) => (consultationId === null ? [] : [consultationId]));
  const seen = await seenAmong(scope, actor, cases);
  const length =
    meeting.startsAt && meeting.endsAt
      ? Math.round((meeting.endsAt.getTime() - meeting.startsAt.getTime()) / MINUTE_MS)
      : null;
  return (
    <section>
      <h2>{text.heading}</h2>
      {items.length === 0 ? <p>{text.none}</p> : <Items items={items} seen={seen} />}
      {items.length === 0 ? null : <Total items={items} length={length} />}
      {meeting.papersUrl === null ? null : (
        <p>
          <a href={meeting.papersUrl} rel="noreferrer">
            {text.papers}
          </a>
        </p>
      )}
    </section>
  );
};

function Items({ items, seen }: { items: readonly OpenedItem[]; seen: ReadonlySet<string> }) {
  const { columns } = text;
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{columns.order}</th>
          <th scope="col">{columns.title}</th>
          <th scope="col">{columns.center}</th>
          <th scope="col">{columns.minutes}</th>
          <th scope="col">{columns.about}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item, index) => (
          <tr>
            <td data-label={columns.order}>{index + 1}</td>
            <td class="typed" data-label={columns.title}>
              <span>{item.title}</span>
            </td>
            <td data-label={columns.center}>{item.centerShort}</td>
            <td data-label={columns.minutes}>{text.minutes(item.minutes)}</td>
            <td>{aboutOf(item, seen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function aboutOf({ consultation, consultationId, issue }: OpenedItem, seen: ReadonlySet<string>): Child {
  if (issue !== null) return <a href={`/issues/${issue.replace(/^課/, '')}`}>{issue}</a>;
  if (consultation === null || consultationId === null) return null;
  return seen.has(consultationId) ? <a href={`/cases/${consultation}`}>{consultation}</a> : consultation;
}

function Total({ items, length }: { items: readonly OpenedItem[]; length: number | null }) {
  const minutes = items.reduce((sum, item) => sum + (item.minutes ?? 0), 0);
  const unknown = items.filter((item) => item.minutes === null).length;
  return (
    <>
      <p>{text.total(minutes, length, unknown)}</p>
      {length !== null && minutes > length ? <p class="notice warning">{text.tooMuch}</p> : null}
    </>
  );
}
