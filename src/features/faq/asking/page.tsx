/** The page of one entry, and the way on from what it says. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { formatLongDate, type JapanDate } from '../../../lib/jst.ts';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { Actor } from '../../directory/actor.ts';
import type { PublishedEntry } from '../data.ts';
import { askConsultPath, askPath, DESK_PATH, entryPath, FAQ_PATH } from '../paths.ts';
import { isStale, mayEdit } from '../rules.ts';
import { VISIBILITIES } from '../words.ts';
import { isWebAddress, mayConsult } from './rules.ts';
import { askingText, pagesText as text } from './text.ts';

interface EntryProps {
  c: Context<PageEnv>;
  actor: Actor;
  entry: PublishedEntry;
  today: JapanDate;
  /** This person's own question; empty when nothing had been asked. */
  askId: string;
  /** What this person said of it so far. */
  voted: boolean | undefined;
}

export function EntryPage({ c, actor, entry, today, askId, voted }: EntryProps): Child {
  const { question, answer } = entry.content;
  return (
    <>
      {isStale(entry.reviewedOn, today) ? <p class="notice warning">{askingText.stale}</p> : null}
      <h2>{text.question}</h2>
      <p class="typed">{question}</p>
      <h2>{text.answer}</h2>
      <Paragraphs text={answer} />
      <Links entry={entry} />
      <h2>{text.facts}</h2>
      <Facts entry={entry} />
      <h2>{text.vote}</h2>
      {voted === undefined ? null : <p role="status">{voted ? text.votedHelped : text.votedNot}</p>}
      <VoteForm c={c} number={entry.number} askId={askId} />
      {voted !== true && mayConsult(actor) ? <ConsultForm c={c} askId={askId} /> : null}
      <ul class="buttons">
        {mayEdit(actor) ? (
          <li>
            <a class="button" href={`${DESK_PATH}/${entry.number}`}>
              {text.edit}
            </a>
          </li>
        ) : null}
        <li>
          <a class="button plain" href={askId === '' ? FAQ_PATH : askPath(askId)}>
            {askId === '' ? text.back : text.backToResults}
          </a>
        </li>
      </ul>
    </>
  );
}

/** Empty lines part paragraphs; single line breaks stay. Nothing in it becomes a link. */
function Paragraphs({ text: whole }: { text: string }): Child {
  return (
    <>
      {whole
        .split(/\r?\n\s*\r?\n/u)
        .filter((each) => each.trim() !== '')
        .map((each) => (
          <p class="typed">{each}</p>
        ))}
    </>
  );
}

function Links({ entry }: { entry: PublishedEntry }): Child {
  const links = entry.content.links.filter(({ url }) => isWebAddress(url));
  if (links.length === 0) return null;
  return (
    <>
      <h2>{text.links}</h2>
      <ul>
        {links.map(({ label, url }) => (
          <li>
            <a href={url} rel="noopener noreferrer" target="_blank">
              {label}
              {text.newTab}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Facts({ entry }: { entry: PublishedEntry }): Child {
  const { reviewedOn, visibility, content } = entry;
  return (
    <dl class="facts">
      {content.topics.length === 0 ? null : (
        <>
          <dt>{text.topic}</dt>
          <dd>{content.topics.join('、')}</dd>
        </>
      )}
      <dt>{text.reviewed}</dt>
      <dd>{reviewedOn === null ? askingText.neverReviewed : formatLongDate(reviewedOn)}</dd>
      <dt>{text.visibility}</dt>
      <dd>{VISIBILITIES[visibility]}</dd>
    </dl>
  );
}

interface VoteProps {
  c: Context<PageEnv>;
  number: number;
  askId: string;
  /** Said by screen readers, where several stand on one page. */
  about?: string;
}

/** 役に立った / 立たなかった; leads to the entry's page, which says what was said. */
export function VoteForm({ c, number, askId, about }: VoteProps): Child {
  const named = (label: string) => (about === undefined ? {} : { 'aria-label': `${about} ${label}` });
  return (
    <form method="post" action={`${entryPath(number)}/vote`}>
      <FormToken c={c} />
      <input type="hidden" name="ask" value={askId} />
      <ul class="buttons">
        <li>
          <button class="button" type="submit" name="vote" value="helped" {...named(askingText.helped)}>
            {askingText.helped}
          </button>
        </li>
        <li>
          <button
            class="button"
            type="submit"
            name="vote"
            value="not_helped"
            {...named(askingText.notHelped)}
          >
            {askingText.notHelped}
          </button>
        </li>
      </ul>
    </form>
  );
}

/** With the words of what was asked, where something was. */
export function ConsultForm({ c, askId }: { c: Context<PageEnv>; askId: string }): Child {
  if (askId === '')
    return (
      <p>
        <a class="button" href="/cases/new">
          {askingText.consult}
        </a>
      </p>
    );
  return (
    <form method="post" action={askConsultPath(askId)}>
      <FormToken c={c} />
      <button class="button" type="submit">
        {askingText.consult}
      </button>
    </form>
  );
}
