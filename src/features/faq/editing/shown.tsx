/** Texts of the desk as they are shown: what changed between two, what looks like personal data, what was done. */
import type { Child } from 'hono/jsx';
import type { EntryContent } from '../rules.ts';
import { VISIBILITIES, type Visibility } from '../words.ts';
import type { Checked } from './checking/data.ts';
import { compareTexts } from './diff.ts';
import { FIELDS, textsOf } from './rules.ts';
import { maskSpans } from './spans.ts';
import { editingText as text } from './text.ts';

export interface Version {
  /** Null when it was erased. */
  content: EntryContent | null;
  visibility: Visibility;
}

/** Field by field; fields that say the same are left out. */
export function Changes({ before, after }: { before: Version; after: Version }): Child {
  if (!before.content || !after.content) return <p>{text.diff.gone}</p>;
  const [old, now] = [textsOf(before.content), textsOf(after.content)];
  const changed = FIELDS.filter((field) => old[field] !== now[field]);
  const isShownElsewhere = before.visibility !== after.visibility;
  if (changed.length === 0 && !isShownElsewhere) return <p>{text.approval.same}</p>;
  return (
    <div class="panel">
      <p class="quiet">
        <ins>{text.diff.added}</ins>　<del>{text.diff.removed}</del>
      </p>
      {changed.map((field) => (
        <>
          <h3>{text.fields[field]}</h3>
          <Difference before={old[field]} after={now[field]} />
        </>
      ))}
      {isShownElsewhere ? (
        <>
          <h3>{text.visibility}</h3>
          <p>
            <del>{VISIBILITIES[before.visibility]}</del> <ins>{VISIBILITIES[after.visibility]}</ins>
          </p>
        </>
      ) : null}
    </div>
  );
}

function Difference({ before, after }: { before: string; after: string }): Child {
  const pieces = compareTexts(before, after);
  if (!pieces)
    return (
      <>
        <p class="quiet">{text.diff.tooLong}</p>
        <p>{text.diff.before}</p>
        <p class="typed">{before}</p>
        <p>{text.diff.after}</p>
        <p class="typed">{after}</p>
      </>
    );
  return (
    <p class="typed">
      {pieces.map(({ kind, text: words }) => {
        if (kind === 'same') return words;
        return kind === 'added' ? <ins>{words}</ins> : <del>{words}</del>;
      })}
    </p>
  );
}

/** A whole version, as whoever asks would read it, and the other ways to ask. */
export function Whole({ content, visibility }: Version): Child {
  if (!content) return <p>{text.diff.gone}</p>;
  const texts = textsOf(content);
  return (
    <dl class="facts">
      {FIELDS.filter((field) => texts[field] !== '').map((field) => (
        <>
          <dt>{text.fields[field]}</dt>
          <dd class="typed">{texts[field]}</dd>
        </>
      ))}
      <dt>{text.visibility}</dt>
      <dd>{VISIBILITIES[visibility]}</dd>
    </dl>
  );
}

/** What the detector found, between 【 】, with its kinds; nothing where it found nothing. */
export function Found({ checked, hint }: { checked: Checked; hint: string }): Child {
  const { texts, findings, kinds } = checked;
  if (kinds.length === 0) return null;
  return (
    <div class="notice warning" role="status">
      <h2>{text.found.heading}</h2>
      <p>{`${text.found.kinds(kinds)}　${hint}`}</p>
      {FIELDS.filter((field) => findings[field].length > 0).map((field) => (
        <>
          <h3>{text.fields[field]}</h3>
          <p class="typed">
            {maskSpans(texts[field], findings[field]).map(({ isFound, words }) =>
              isFound ? <mark>{`【${words}】`}</mark> : words,
            )}
          </p>
        </>
      ))}
    </div>
  );
}

/** What was just done, by the word in the address. */
export function Done({ word }: { word: string | undefined }): Child {
  const sentences: Readonly<Record<string, string>> = text.done;
  const sentence = word !== undefined && Object.hasOwn(sentences, word) ? sentences[word] : undefined;
  return sentence ? (
    <p class="notice done" role="status">
      {sentence}
    </p>
  ) : null;
}

export function Alert({ words }: { words: string | undefined }): Child {
  return words === undefined ? null : (
    <p class="notice error" role="alert">
      {words}
    </p>
  );
}
