/** Minutes to be read, on the screen and on A4. */
import type { Child } from 'hono/jsx';
import { formatInstant } from '../../../lib/jst.ts';
import { factsOf } from '../agenda/blocks.ts';
import type { OpenedItem } from '../agenda/data.ts';
import type { InvitedSeat, LoadedMeeting } from '../data.ts';
import type { OpenedPromise } from '../promises/data.ts';
import { promisesText } from '../promises/text.ts';
import { formatSpan } from '../text.ts';
import { ATTENDANCE_WORDS, ATTENDANCES } from '../words.ts';
import type { OpenedMinutes } from './data.ts';
import { minutesText as text } from './text.ts';

export interface SheetProps {
  loaded: LoadedMeeting;
  minutes: OpenedMinutes;
  items: readonly OpenedItem[];
  promises: readonly OpenedPromise[];
}

export function MinutesSheet({ loaded, minutes, items, promises }: SheetProps) {
  const { meeting, host, kind, seats } = loaded;
  const { sheet } = text;
  return (
    <article class="sheet">
      {minutes.approvedAt === null ? <p class="handle">{sheet.draft}</p> : null}
      <dl class="entries">
        {meeting.startsAt && meeting.endsAt ? (
          <Entry label={sheet.date}>{formatSpan(meeting.startsAt, meeting.endsAt)}</Entry>
        ) : null}
        {meeting.place === null ? null : <Entry label={sheet.place}>{meeting.place}</Entry>}
        <Entry label={sheet.host}>{kind.heldBy ?? host.short}</Entry>
        <Entry label={sheet.presence}>{presenceLines(seats)}</Entry>
        <Entry label={sheet.written}>{sheet.by(minutes.writerName, formatInstant(minutes.writtenAt))}</Entry>
        {minutes.approvedAt === null ? null : (
          <Entry label={sheet.approved}>
            {sheet.by(minutes.approverName ?? '', formatInstant(minutes.approvedAt))}
          </Entry>
        )}
      </dl>
      <Part heading={sheet.agenda}>
        {items.map((item, index) => (
          <p class="typed">
            {index + 1}. {item.title}（{factsOf(item).join('、')}）
          </p>
        ))}
      </Part>
      <Part heading={sheet.body}>{minutes.body === '' ? [] : [<p class="typed">{minutes.body}</p>]}</Part>
      <Part heading={sheet.decisions}>
        {linesOf(minutes.decisions).map((line) => (
          <p class="typed">・{line}</p>
        ))}
      </Part>
      <Part heading={sheet.promises}>
        {promises.map(({ body, who, dueOn }) => (
          <p class="typed">・{sheet.promise(body, who, promisesText.due(dueOn))}</p>
        ))}
      </Part>
      <p class="end">{sheet.end}</p>
    </article>
  );
}

function Entry({ label, children }: { label: string; children: Child }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd class="typed">{children}</dd>
    </div>
  );
}

function Part({ heading, children }: { heading: string; children: readonly Child[] }) {
  return (
    <section>
      <h2>{heading}</h2>
      {children.length === 0 ? <p>{text.sheet.nothing}</p> : children}
    </section>
  );
}

/** `出席　阿部 実（東）、…`, a line for each way of being there. */
function presenceLines(seats: readonly InvitedSeat[]): string {
  const lines = ATTENDANCES.flatMap((each) => {
    const names = seats.filter(({ presence }) => presence === each).map(nameOf);
    return names.length === 0 ? [] : [`${ATTENDANCE_WORDS[each]}　${names.join('、')}`];
  });
  return lines.length === 0 ? text.noPresence : lines.join('\n');
}

function nameOf({ name, centerShort, deputyName }: InvitedSeat): string {
  const own = name === null ? (centerShort ?? '') : centerShort === null ? name : `${name}（${centerShort}）`;
  return deputyName === null ? own : `${own}・${deputyName}`;
}

function linesOf(decisions: string): string[] {
  return decisions.split('\n').filter((line) => line.trim() !== '');
}
