/** /meetings/search: a form that is posted, so that what is looked for stands in no address and no log. */
import { type Context, Hono } from 'hono';
import { FormToken, showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { minutesPath } from '../minutes/paths.ts';
import { MEETINGS_PATH, meetingPath } from '../paths.ts';
import { formatSpan, meetingText } from '../text.ts';
import { type FoundMeeting, type FoundMeetings, MOST_SEARCHED, searchMeetings } from './mutations.ts';
import { SEARCH_PATH } from './paths.ts';
import { readWords } from './rules.ts';
import { searchText as text } from './text.ts';

/** More than anybody types; the rest would only cost time. */
const MOST_TYPED = 100;

export function searchPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(SEARCH_PATH, (c) => showSearch(c, { typed: '' }));

  pages.post(SEARCH_PATH, async (c) => {
    const form = await c.req.formData();
    const posted = form.get('words');
    const typed = typeof posted === 'string' ? posted.slice(0, MOST_TYPED) : '';
    const words = readWords(typed);
    if (words.length === 0) return showSearch(c, { typed, isEmpty: true });
    const found = await searchMeetings(c.get('scope'), actorOfPage(c), words);
    return showSearch(c, { typed, found });
  });

  return pages;
}

interface Shown {
  typed: string;
  isEmpty?: boolean;
  found?: FoundMeetings;
}

function showSearch(c: Context<PageEnv>, { typed, isEmpty = false, found }: Shown): Promise<Response> {
  return showPage(c, {
    title: text.title,
    isFault: isEmpty,
    status: isEmpty ? 422 : 200,
    body: (
      <>
        <p>{text.lead}</p>
        <form method="post" action={SEARCH_PATH}>
          <FormToken c={c} />
          <div class="beside">
            <div class={isEmpty ? 'field faulty' : 'field'}>
              <label for="words">{text.field}</label>
              {isEmpty ? (
                <p class="fault" id="words-fault">
                  {text.empty}
                </p>
              ) : null}
              <input
                type="search"
                id="words"
                name="words"
                value={typed}
                autocomplete="off"
                maxlength={MOST_TYPED}
                {...(isEmpty ? { 'aria-invalid': 'true' as const, 'aria-describedby': 'words-fault' } : {})}
              />
            </div>
            <button class="button primary" type="submit">
              {text.submit}
            </button>
          </div>
        </form>
        {found ? <Results found={found} /> : null}
        <p>
          <a class="button plain" href={MEETINGS_PATH}>
            {text.back}
          </a>
        </p>
      </>
    ),
  });
}

function Results({ found: { meetings, count, isCutShort } }: { found: FoundMeetings }) {
  return (
    <>
      <p role="status">{count === 0 ? text.none : text.found(count)}</p>
      {isCutShort ? <p class="notice">{text.cut(MOST_SEARCHED)}</p> : null}
      <ul class="cards">
        {meetings.map((each) => (
          <Result found={each} />
        ))}
      </ul>
      {count > meetings.length ? <p>{text.more(meetings.length)}</p> : null}
    </>
  );
}

function Result({ found }: { found: FoundMeeting }) {
  const { reference, kindName, title, startsAt, endsAt, hasMinutes, lines } = found;
  return (
    <li>
      <p class="name">
        <a href={meetingPath(reference)}>{meetingText.name(reference, kindName, title)}</a>
      </p>
      <p class="quiet">{startsAt && endsAt ? formatSpan(startsAt, endsAt) : meetingText.dateOpen}</p>
      {lines.map(({ where, pieces }) => (
        <p class="typed">
          {text.where[where]}:{' '}
          {pieces.map((piece) => (piece.isFound ? <mark>{piece.text}</mark> : piece.text))}
        </p>
      ))}
      {hasMinutes ? (
        <p>
          <a href={minutesPath(reference)}>{text.read}</a>
        </p>
      ) : null}
    </li>
  );
}
