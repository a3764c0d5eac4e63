/** Entries in a list, and the box to ask in. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { JapanDate } from '../../../lib/jst.ts';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { PublishedEntry } from '../data.ts';
import { FAQ_PATH } from '../paths.ts';
import { formatFaqReference, isStale } from '../rules.ts';
import { entryPathFrom } from './blocks.ts';
import { excerptOf, lineOf } from './rules.ts';
import { askingText, pagesText as text } from './text.ts';

interface BoxProps {
  c: Context<PageEnv>;
  /** Shown again when nothing could be looked for. */
  isEmpty?: boolean;
  typed?: string;
}

/** Posted, so that what is asked stands in no address. */
export function AskBox({ c, isEmpty = false, typed = '' }: BoxProps): Child {
  const describedBy = isEmpty ? 'words-hint words-fault' : 'words-hint';
  return (
    <form method="post" action={FAQ_PATH}>
      <FormToken c={c} />
      <div class={isEmpty ? 'field faulty' : 'field'}>
        <label for="words">{text.field}</label>
        <p class="hint" id="words-hint">
          {text.hint}
        </p>
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
          aria-describedby={describedBy}
          {...(isEmpty ? { 'aria-invalid': 'true' as const } : {})}
        />
      </div>
      <button class="button primary" type="submit">
        {text.submit}
      </button>
    </form>
  );
}

interface ListProps {
  entries: readonly PublishedEntry[];
  today: JapanDate;
  /** What had been asked; empty when nothing. */
  askId: string;
  /** What stands below an entry. */
  below?: (entry: PublishedEntry) => Child;
}

export function EntryList({ entries, today, askId, below }: ListProps): Child {
  return (
    <ul class="cards">
      {entries.map((entry) => (
        <li>
          <p class="name">
            <a href={entryPathFrom(entry.number, askId)}>{lineOf(entry.content.question)}</a>
          </p>
          <p>{excerptOf(entry.content.answer)}</p>
          <p class="quiet">{factsOf(entry).join('　')}</p>
          {isStale(entry.reviewedOn, today) ? <p class="quiet">{askingText.staleInShort}</p> : null}
          {below?.(entry) ?? null}
        </li>
      ))}
    </ul>
  );
}

/** Number, topics, whom it is for, and when somebody last looked at it. */
function factsOf({ number, visibility, reviewedOn, content }: PublishedEntry): string[] {
  return [
    formatFaqReference(number),
    ...content.topics,
    ...(visibility === 'core' ? [askingText.coreOnly] : []),
    reviewedOn === null ? askingText.neverReviewed : askingText.reviewedOn(reviewedOn),
  ];
}
