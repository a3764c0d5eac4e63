/** /faq: the box to ask in, and the entries by topic, the newest and the most helpful. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { type JapanDate, japanDate } from '../../../../lib/jst.ts';
import { showPage } from '../../../../web/frame.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import type { Actor } from '../../../directory/actor.ts';
import { actorOfPage } from '../../../directory/page-gate.ts';
import { DESK_PATH, FAQ_PATH } from '../../paths.ts';
import { maySeeDesk } from '../../rules.ts';
import { findOwnAsk } from '../data.ts';
import { AskBox, EntryList } from '../list.tsx';
import { pagesText as text } from '../text.ts';
import { countTopics, listMostHelpful, listNewest, listOfTopic } from './data.ts';

const A_PAGE = 50;
const NEWEST = 10;
const MOST_HELPFUL = 10;

/** @param isEmpty a question came without words */
export async function browse(
  c: Context<PageEnv>,
  { isEmpty = false }: { isEmpty?: boolean },
): Promise<Response> {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const own = await findOwnAsk(scope.db, actor.slackUserId, c.req.query('ask') ?? '');
  const around = { actor, askId: own?.id ?? '', today: japanDate(scope.now) };
  const topic = c.req.query('topic') ?? '';
  return showPage(c, {
    title: text.title,
    isFault: isEmpty,
    status: isEmpty ? 422 : 200,
    body: (
      <>
        <p>{text.lead}</p>
        <AskBox c={c} isEmpty={isEmpty} />
        {topic === '' ? await overview(c, around) : await ofTopic(c, topic, around)}
        {maySeeDesk(actor) ? (
          <p>
            <a class="button" href={DESK_PATH}>
              {text.desk}
            </a>
          </p>
        ) : null}
      </>
    ),
  });
}

interface Around {
  actor: Actor;
  /** What had been asked, carried along; empty when nothing. */
  askId: string;
  today: JapanDate;
}

async function overview(c: Context<PageEnv>, { actor, askId, today }: Around): Promise<Child> {
  const { db } = c.get('scope');
  const [topics, newest, helpful] = await Promise.all([
    countTopics(db, actor),
    listNewest(db, actor, NEWEST),
    listMostHelpful(db, actor, MOST_HELPFUL),
  ]);
  if (newest.length === 0) return <p>{text.nothing}</p>;
  const helpedBy = new Map(helpful.map(({ entry, helped }) => [entry.id, helped]));
  return (
    <>
      <h2>{text.topics}</h2>
      <ul>
        {topics.map(({ topic, count }) => (
          <li>
            <a href={topicPath({ topic, askId })}>{text.topicCount(topic, count)}</a>
          </li>
        ))}
      </ul>
      {helpful.length === 0 ? null : (
        <>
          <h2>{text.mostHelpful}</h2>
          <EntryList
            entries={helpful.map(({ entry }) => entry)}
            today={today}
            askId={askId}
            below={({ id }) => <p class="quiet">{text.helpfulCount(helpedBy.get(id) ?? 0)}</p>}
          />
        </>
      )}
      <h2>{text.newest}</h2>
      <EntryList entries={newest} today={today} askId={askId} />
    </>
  );
}

async function ofTopic(c: Context<PageEnv>, topic: string, { actor, askId, today }: Around): Promise<Child> {
  const typed = Number(c.req.query('after'));
  const after = Number.isSafeInteger(typed) ? typed : 0;
  const entries = await listOfTopic(c.get('scope').db, actor, { topic, after, limit: A_PAGE });
  const last = entries.at(-1);
  // A topic that no entry has is nobody's word: it is not repeated.
  if (!last) return <p>{text.nothing}</p>;
  return (
    <>
      <h2>{text.ofTopic(topic)}</h2>
      <EntryList entries={entries} today={today} askId={askId} />
      <p class="pages">
        {entries.length === A_PAGE ? (
          <a class="button" href={topicPath({ topic, askId, after: last.number })}>
            {text.next}
          </a>
        ) : null}
        <a class="button plain" href={topicPath({ topic: '', askId })}>
          {text.allTopics}
        </a>
      </p>
    </>
  );
}

function topicPath({ topic, askId, after }: { topic: string; askId: string; after?: number }): string {
  const query = new URLSearchParams({
    ...(topic === '' ? {} : { topic }),
    ...(askId === '' ? {} : { ask: askId }),
    ...(after === undefined ? {} : { after: String(after) }),
  });
  return query.size === 0 ? FAQ_PATH : `${FAQ_PATH}?${query}`;
}
