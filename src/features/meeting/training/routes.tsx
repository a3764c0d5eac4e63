/** /trainings: what is to come, who was there, and how long people learnt in a year. */
import { type Context, Hono } from 'hono';
import { csvFile } from '../../../lib/csv.ts';
import { fiscalYearOf } from '../../../lib/jst.ts';
import { showPage } from '../../../web/frame.tsx';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { findCity } from '../../directory/data.ts';
import { noteLook } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { findMeetingId } from '../data.ts';
import { readMeetingReference } from '../rules.ts';
import { meetingText } from '../text.ts';
import { listHours } from './attending/data.ts';
import { openRecord, recordAttendance, type TrainingRecord } from './attending/mutations.ts';
import { HoursPage, hoursOf, RecordPage } from './attending/page.tsx';
import { type RecordForm, readRecord } from './attending/schema.ts';
import { attendingText } from './attending/text.ts';
import { trainingsView } from './listing/slack.ts';
import { HOURS_PATH, recordPath, TRAININGS_PATH } from './paths.ts';
import { hoursReach, lengthOf } from './rules.ts';
import { trainingText as text } from './text.ts';

/** Years before this one whose hours are shown: as long as a yearly plan looks back. */
const YEARS_BACK = 5;

export function trainingPages(host: ModalHost): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(TRAININGS_PATH, async (c) => {
    const view = await trainingsView(c.get('scope'), actorOfPage(c));
    return showPage(c, {
      title: text.title,
      body: (
        <>
          {await host.embed(c, view)}
          <p>
            <a class="button" href={HOURS_PATH}>
              {text.hours}
            </a>
          </p>
        </>
      ),
    });
  });

  pages.get(HOURS_PATH, async (c) => {
    const { hours, year, years } = await hoursFor(c, 'training.read_hours');
    return showPage(c, {
      title: attendingText.hours.title,
      body: <HoursPage hours={hours} year={year} years={years} />,
    });
  });

  pages.get(`${HOURS_PATH}.csv`, async (c) => {
    const { hours, year } = await hoursFor(c, 'training.export_hours');
    const { columns } = attendingText.hours;
    const lines = [
      Object.values(columns),
      ...hours.map((each) => [each.name, each.center, each.profession, each.count, hoursOf(each.minutes)]),
    ];
    return c.body(csvFile(lines), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="kikan-training-hours-${year}.csv"`,
      'cache-control': 'no-store, max-age=0',
    });
  });

  pages.get(`${TRAININGS_PATH}/:reference/record`, async (c) => {
    const found = await recordFor(c);
    return found ? showRecord(c, found) : c.notFound();
  });

  pages.post(`${TRAININGS_PATH}/:reference/record`, async (c) => {
    const found = await recordFor(c);
    if (!found) return c.notFound();
    const { meeting } = found.loaded;
    const people = found.applications.map(({ person }) => person);
    const form = readRecord(await c.req.formData(), people, lengthIn(found));
    if (form.faulty.size > 0) return showRecord(c, found, { form, why: 'faulty' });
    const stored = await recordAttendance(
      c.get('scope'),
      actorOfPage(c),
      meeting.id,
      form.minutes,
      form.mark,
    );
    if (stored.ok) return c.redirect(`${recordPath(meeting.reference)}?done=saved`, 303);
    const now = await recordFor(c);
    return now ? showRecord(c, now, { form, why: 'stale' }) : c.notFound();
  });

  return pages;
}

async function recordFor(c: Context<PageEnv>): Promise<TrainingRecord | undefined> {
  const scope = c.get('scope');
  const reference = readMeetingReference(c.req.param('reference') ?? '');
  const id = reference === undefined ? undefined : await findMeetingId(scope.db, reference);
  const found = await openRecord(scope, actorOfPage(c), id ?? '');
  return found.ok ? found.value : undefined;
}

function lengthIn({ loaded: { meeting } }: TrainingRecord): number {
  const { startsAt, endsAt } = meeting;
  return startsAt && endsAt ? lengthOf({ startsAt, endsAt }) : 0;
}

function showRecord(
  c: Context<PageEnv>,
  record: TrainingRecord,
  refused?: { form: RecordForm; why: 'faulty' | 'stale' },
): Promise<Response> {
  const { meeting, kind } = record.loaded;
  return showPage(c, {
    title: attendingText.title(meetingText.name(meeting.reference, kind.name, meeting.title)),
    isFault: refused !== undefined,
    status: refused === undefined ? 200 : refused.why === 'stale' ? 409 : 422,
    body: (
      <RecordPage
        c={c}
        reference={meeting.reference}
        applications={record.applications}
        length={lengthIn(record)}
        mark={record.mark}
        isSaved={refused === undefined && c.req.query('done') === 'saved'}
        refused={refused}
      />
    ),
  });
}

/** The hours that this person may see; seeing those of others is noted. */
async function hoursFor(c: Context<PageEnv>, action: string) {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const firstMonth = (await findCity(scope.db))?.fiscalYearStart ?? 4;
  const thisYear = fiscalYearOf(scope.now, firstMonth);
  const years = Array.from({ length: YEARS_BACK + 1 }, (_, i) => thisYear - i);
  const asked = Number(c.req.query('year'));
  const year = years.includes(asked) ? asked : thisYear;
  if (hoursReach(actor) !== 'own') await noteLook(scope, actor, action, { detail: { year } });
  const hours = await listHours(scope.db, actor, { fiscalYear: year, firstMonth, now: scope.now });
  return { hours, year, years };
}
