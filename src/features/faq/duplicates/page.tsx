/** Pairs of entries side by side. Works without script. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { FaqEntry } from '../data.ts';
import { Alert } from '../editing/shown.tsx';
import { DESK_PATH, DUPLICATES_PATH, deskEntryPath } from '../paths.ts';
import { type EntryContent, formatFaqReference } from '../rules.ts';
import { VISIBILITIES } from '../words.ts';
import type { Votes } from './data.ts';
import { pairStamp } from './mutations.ts';
import { duplicatesText as text } from './text.ts';

export interface Side {
  entry: FaqEntry;
  content: EntryContent;
  votes: Votes | undefined;
}

interface ListProps {
  c: Context<PageEnv>;
  pairs: readonly (readonly [Side, Side])[];
  fault: string | undefined;
  isDone: boolean;
}

export function PairList({ c, pairs, fault, isDone }: ListProps): Child {
  return (
    <>
      <Alert words={fault} />
      {isDone && fault === undefined ? (
        <p class="notice done" role="status">
          {text.done.distinct}
        </p>
      ) : null}
      <p>{text.lead}</p>
      <p class="quiet">{pairs.length === 0 ? text.none : text.shown(pairs.length)}</p>
      {pairs.map(([one, other]) => (
        <div class="panel">
          <div class="looking">
            <Shown side={one} />
            <Shown side={other} />
          </div>
          <Merging c={c} kept={one} other={other} />
          <Merging c={c} kept={other} other={one} />
          <form method="post" action={DUPLICATES_PATH}>
            <FormToken c={c} />
            <input type="hidden" name="kept" value={one.entry.id} />
            <input type="hidden" name="other" value={other.entry.id} />
            <button class="button" type="submit" name="do" value="distinct">
              {text.distinct}
            </button>
          </form>
        </div>
      ))}
      <p>
        <a class="button plain" href={DESK_PATH}>
          {text.back}
        </a>
      </p>
    </>
  );
}

function Shown({ side: { entry, content, votes } }: { side: Side }): Child {
  return (
    <section>
      <h2>
        <a href={deskEntryPath(entry.number)}>{formatFaqReference(entry.number)}</a>
      </h2>
      <p class="name">{content.question}</p>
      <p class="quiet">{factsOf({ entry, content, votes })}</p>
      <details>
        <summary>{text.answer}</summary>
        <p class="typed">{content.answer}</p>
      </details>
    </section>
  );
}

function factsOf({ entry, content, votes }: Side): string {
  const said = text.votes(votes?.helpful ?? 0, votes?.others ?? 0);
  return [content.topics.join('、'), VISIBILITIES[entry.visibility], said]
    .filter((each) => each !== '')
    .join('　');
}

function Merging({ c, kept, other }: { c: Context<PageEnv>; kept: Side; other: Side }): Child {
  return (
    <form method="post" action={DUPLICATES_PATH} class="buttons">
      <FormToken c={c} />
      <input type="hidden" name="kept" value={kept.entry.id} />
      <input type="hidden" name="other" value={other.entry.id} />
      <input type="hidden" name="seen" value={pairStamp(kept.entry, other.entry)} />
      <div class="choices">
        <label>
          <input type="checkbox" name="append" value="yes" checked />
          <span>{text.append}</span>
        </label>
      </div>
      <button class="button" type="submit" name="do" value="merge">
        {text.keep(formatFaqReference(kept.entry.number))}
      </button>
    </form>
  );
}
