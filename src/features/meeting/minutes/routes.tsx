/** /meetings/…/minutes: written by those who arrange the meeting, read by whoever took part, printed. Every reading is noted. */

import { type Context, Hono } from 'hono';
import { NOT_FOUND } from '../../../lib/result.ts';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { Actor } from '../../directory/actor.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { listAgenda } from '../agenda/data.ts';
import { circleOf, findMeetingId, type LoadedMeeting, loadMeeting } from '../data.ts';
import { meetingPath } from '../paths.ts';
import { listCarried, promisesOf } from '../promises/data.ts';
import { mayArrange, mayRead, readMeetingReference } from '../rules.ts';
import { noteRefusal } from '../storing/mutations.ts';
import { meetingText } from '../text.ts';
import { approversOf, listPromisers, openMinutes } from './data.ts';
import { keeperOf, MinutesForm } from './form.tsx';
import { noteReading, saveMinutes } from './mutations.ts';
import { minutesPath } from './paths.ts';
import { hasBegun, mayApprove, mayReadMinutes, templateOf } from './rules.ts';
import { type Faults, readMinutes, type Typed, typedIn } from './schema.ts';
import { MinutesSheet } from './sheet.tsx';
import { minutesText as text } from './text.ts';

const PATH = '/meetings/:reference/minutes';

export function minutesPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(PATH, async (c) => {
    const wanted = await wantedMeeting(c, 'meeting.read_minutes');
    if (!wanted) return c.notFound();
    const { loaded, isArranger } = wanted;
    const isApproved = loaded.minutes !== null && loaded.minutes.approvedAt !== null;
    if (isArranger && (!isApproved || c.req.query('edit') !== undefined)) return showForm(c, wanted);
    return showSheet(c, wanted, 'page');
  });

  pages.get(`${PATH}/print`, async (c) => {
    const wanted = await wantedMeeting(c, 'meeting.read_minutes');
    return wanted ? showSheet(c, wanted, 'print') : c.notFound();
  });

  pages.post(PATH, async (c) => {
    const wanted = await wantedMeeting(c, 'meeting.write_minutes');
    if (!wanted) return c.notFound();
    const { loaded, actor, isArranger } = wanted;
    if (!isArranger) return refuse(c, actor, loaded, 'meeting.write_minutes');
    const scope = c.get('scope');
    const typed = typedIn(await c.req.formData());
    const [promisers, promises] = await Promise.all([
      listPromisers(scope.db, loaded),
      promisesOf(scope, loaded.meeting.id),
    ]);
    const known = new Set([...promisers.map(({ value }) => value), ...promises.map(keeperOf)]);
    const read = await readMinutes(typed, actor.slackUserId, known);
    if (!read.ok) return showForm(c, wanted, { typed, faults: read.refusal });
    const saved = await saveMinutes(scope, actor, loaded.meeting.id, read.value);
    if (saved.ok) {
      const done = read.value.isApproval ? 'approved' : 'saved';
      return c.redirect(`${minutesPath(loaded.meeting.reference)}?done=${done}`, 303);
    }
    switch (saved.refusal.reason) {
      case 'not-found':
        return c.notFound();
      case 'not-begun':
        return showForm(c, wanted, { typed, faults: { '': text.errors.notBegun } });
      case 'not-approver':
        return showForm(c, wanted, { typed, faults: { '': text.errors.notApprover } });
      case 'changed':
        return showForm(c, wanted, { typed, faults: {}, isOvertaken: true });
    }
  });

  return pages;
}

interface Wanted {
  loaded: LoadedMeeting;
  actor: Actor;
  isArranger: boolean;
}

/** The meeting of the address, for whoever may read what came of it; others are refused, which is noted. */
async function wantedMeeting(c: Context<PageEnv>, action: string): Promise<Wanted | undefined> {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const reference = readMeetingReference(c.req.param('reference') ?? '');
  const id = reference === undefined ? undefined : await findMeetingId(scope.db, reference);
  const loaded = id === undefined ? undefined : await loadMeeting(scope.db, id);
  if (loaded && mayRead(actor, circleOf(loaded)))
    return { loaded, actor, isArranger: mayArrange(actor, circleOf(loaded)) };
  await noteRefusal(scope, actor, action, loaded?.meeting.reference, NOT_FOUND.reason);
  return undefined;
}

async function refuse(
  c: Context<PageEnv>,
  actor: Actor,
  { meeting }: LoadedMeeting,
  action: string,
): Promise<Response> {
  await noteRefusal(c.get('scope'), actor, action, meeting.reference, NOT_FOUND.reason);
  return c.notFound();
}

/** @param as how it is read: on paper there is nothing around it */
async function showSheet(
  c: Context<PageEnv>,
  { loaded, actor, isArranger }: Wanted,
  as: 'page' | 'print',
): Promise<Response> {
  const scope = c.get('scope');
  const { meeting } = loaded;
  const mayOpen = mayReadMinutes(actor, circleOf(loaded), loaded.minutes);
  const minutes = mayOpen && loaded.minutes ? await openMinutes(scope, meeting.id) : null;
  const title = text.title(nameOf(loaded));
  if (!minutes) return showPage(c, { title, body: <Nothing reference={meeting.reference} /> });
  await noteReading(scope, actor, loaded, as);
  const [items, promises] = await Promise.all([listAgenda(scope, meeting.id), promisesOf(scope, meeting.id)]);
  const path = minutesPath(meeting.reference);
  return showPage(c, {
    title,
    body: (
      <>
        <Done word={c.req.query('done')} />
        <div class="notice no-print">
          {as === 'print' ? <p>{text.sheet.how}</p> : null}
          <ul class="buttons">
            {as === 'page' ? (
              <li>
                <a class="button" href={`${path}/print`}>
                  {text.print}
                </a>
              </li>
            ) : null}
            {isArranger ? (
              <li>
                <a class="button" href={`${path}?edit=1`}>
                  {text.edit}
                </a>
              </li>
            ) : null}
            <li>
              <a class="button plain" href={meetingPath(meeting.reference)}>
                {text.back}
              </a>
            </li>
          </ul>
        </div>
        <MinutesSheet loaded={loaded} minutes={minutes} items={items} promises={promises} />
      </>
    ),
  });
}

interface Shown {
  typed: Typed;
  faults: Faults;
  isOvertaken?: boolean;
}

async function showForm(c: Context<PageEnv>, { loaded, actor }: Wanted, shown?: Shown): Promise<Response> {
  const scope = c.get('scope');
  const { meeting } = loaded;
  const title = text.title(nameOf(loaded));
  const isFault = shown !== undefined;
  if (!hasBegun(meeting, scope.now) && !shown)
    return showPage(c, { title, body: <Nothing reference={meeting.reference} isWaiting /> });
  const stored = await openMinutes(scope, meeting.id);
  if (stored) await noteReading(scope, actor, loaded, 'form');
  const [promises, carried, promisers, items, approvers] = await Promise.all([
    promisesOf(scope, meeting.id),
    listCarried(scope, actor, loaded),
    listPromisers(scope.db, loaded),
    listAgenda(scope, meeting.id),
    approversOf(scope.db, loaded),
  ]);
  return showPage(c, {
    title,
    isFault,
    status: isFault ? 422 : 200,
    body: (
      <>
        <Done word={isFault ? undefined : c.req.query('done')} />
        <MinutesForm
          c={c}
          loaded={loaded}
          stored={stored}
          promises={promises}
          carried={carried}
          promisers={promisers}
          template={templateOf(items)}
          mayApprove={mayApprove(actor, circleOf(loaded), approvers)}
          typed={shown?.typed}
          faults={shown?.faults ?? {}}
          isOvertaken={shown?.isOvertaken ?? false}
        />
        <p>
          <a class="button plain" href={meetingPath(meeting.reference)}>
            {text.back}
          </a>
        </p>
      </>
    ),
  });
}

function nameOf({ meeting, kind }: LoadedMeeting): string {
  return meetingText.name(meeting.reference, kind.name, meeting.title);
}

function Nothing({ reference, isWaiting }: { reference: string; isWaiting?: boolean }) {
  return (
    <>
      <p>{isWaiting ? text.state.waiting : text.state.none}</p>
      <p>
        <a class="button" href={meetingPath(reference)}>
          {text.back}
        </a>
      </p>
    </>
  );
}

function Done({ word }: { word: string | undefined }) {
  const sentences: Readonly<Record<string, string>> = text.done;
  const sentence = word !== undefined && Object.hasOwn(sentences, word) ? sentences[word] : undefined;
  return sentence === undefined ? null : (
    <p class="notice done" role="status">
      {sentence}
    </p>
  );
}
