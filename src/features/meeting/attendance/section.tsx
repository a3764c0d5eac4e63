/** What attendance adds to the page of a meeting: every seat with its answer, for those who take part and for the host. */
import type { Child } from 'hono/jsx';
import { circleOf } from '../data.ts';
import type { PageSection } from '../pages/section.ts';
import { meetingPath } from '../paths.ts';
import { mayArrange, mayRead } from '../rules.ts';
import { type SeatLine, seatLines } from './lines.ts';
import { attendanceText as text } from './text.ts';

export const attendanceSection: PageSection = async (c, loaded, actor) => {
  const { meeting, host, seats } = loaded;
  if (meeting.status === 'polling' || seats.length === 0 || !mayRead(actor, circleOf(loaded))) return null;
  const lines = await seatLines(c.get('scope'), loaded);
  const arranges = mayArrange(actor, { hostCenter: meeting.hostCenter, hostKind: host.kind });
  const silent = lines.filter(({ isSilent }) => isSilent);
  return (
    <section>
      <h2>{text.list.heading}</h2>
      {silent.length === 0 ? null : <p>{text.list.silent(silent.map(({ seat }) => seat).join('、'))}</p>}
      <SeatTable lines={lines} />
      {arranges ? (
        <p>
          <a class="button plain" href={`${meetingPath(meeting.reference)}/attendance.csv`}>
            {text.list.download}
          </a>
        </p>
      ) : null}
    </section>
  );
};

function SeatTable({ lines }: { lines: readonly SeatLine[] }): Child {
  const { list } = text;
  const columns = [
    ['seat', list.seat],
    ['answer', list.answer],
    ['who', list.who],
    ['by', list.by],
    ['at', list.at],
    ['presence', list.presence],
  ] as const;
  const shown = columns.filter(([column]) => column !== 'presence' || lines.some((line) => line.presence));
  return (
    // Reached with the keyboard, so that it can be moved on a narrow screen.
    <section class="scroll" tabindex={0} aria-label={list.heading}>
      <table class="stacked">
        <caption>{list.heading}</caption>
        <thead>
          <tr>
            {shown.map(([, label]) => (
              <th scope="col">{label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr>
              {shown.map(([column, label]) => (
                <td data-label={label}>{line[column]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
