/** The form for a resident's copy, and the copy itself with its marks. */
import type { Context } from 'hono';
import { formatLongDate } from '../../../../lib/jst.ts';
import { FormToken } from '../../../../web/frame.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import { casePath } from '../../pages/paths.ts';
import type { ResidentRequest } from '../data.ts';
import type { Candidate } from './candidates/data.ts';
import type { MarkedCopy, MarkedEntry } from './mutations.ts';
import type { Mark } from './rules.ts';
import { MARK_WORDS, exportText as text } from './text.ts';

interface FormProps {
  c: Context<PageEnv>;
  reference: string;
  requests: readonly ResidentRequest[];
  candidates: readonly Candidate[];
  chosen: { request: string | undefined; cases: readonly string[] };
  faults: { request?: string | undefined; cases?: string | undefined };
}

export function CopyForm({ c, reference, requests, candidates, chosen, faults }: FormProps) {
  return (
    <form method="post" action={`${casePath(reference)}/disclosure`}>
      <FormToken c={c} />
      <p>{text.lead}</p>
      <fieldset
        class={faults.request ? 'field faulty' : 'field'}
        {...(faults.request ? { 'aria-describedby': 'request-fault' } : {})}
      >
        <legend>{text.request.label}</legend>
        <Fault id="request-fault" sentence={faults.request} />
        <div class="choices">
          {requests.map(({ id, receivedOn }) => (
            <label>
              <input
                type="radio"
                name="request"
                value={id}
                checked={chosen.request === id || requests.length === 1}
              />
              <span>{text.request.of(formatLongDate(receivedOn))}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset
        class={faults.cases ? 'field faulty' : 'field'}
        aria-describedby={faults.cases ? 'cases-hint cases-fault' : 'cases-hint'}
      >
        <legend>{text.cases.label}</legend>
        <p class="hint" id="cases-hint">
          {text.cases.hint}
        </p>
        <Fault id="cases-fault" sentence={faults.cases} />
        <div class="choices">
          {candidates.map((each) => (
            <label>
              <input
                type="checkbox"
                name="case"
                value={each.reference}
                checked={chosen.cases.includes(each.reference)}
              />
              <span>
                {each.reference}（{text.how[each.how]}）
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset class="field">
        <legend>{text.format.label}</legend>
        <div class="choices">
          <label>
            <input type="radio" name="format" value="html" checked />
            <span>{text.format.html}</span>
          </label>
          <label>
            <input type="radio" name="format" value="json" />
            <span>{text.format.json}</span>
          </label>
        </div>
      </fieldset>
      <p class="quiet">{text.logged}</p>
      <button class="button primary" type="submit">
        {text.submit}
      </button>
    </form>
  );
}

function Fault({ id, sentence }: { id: string; sentence: string | undefined }) {
  return sentence ? (
    <p class="fault" id={id}>
      {sentence}
    </p>
  ) : null;
}

export function CopyPage({
  copies,
  reference,
  made,
}: {
  copies: readonly MarkedCopy[];
  reference: string;
  made: string;
}) {
  return (
    <>
      <div class="notice warning">
        <p>{text.copyLead}</p>
      </div>
      <p class="quiet">{made}</p>
      <h2>{text.legend}</h2>
      <ul>
        {Object.entries(MARK_WORDS).map(([kind, words]) => (
          <li>
            <mark data-kind={kind}>{words}</mark>
          </li>
        ))}
      </ul>
      {copies.map((copy) => (
        <Copy copy={copy} />
      ))}
      <p class="no-print">
        <a href={casePath(reference)}>{text.back}</a>
      </p>
    </>
  );
}

function Copy({ copy: { reference, isAbuse, sections, files } }: { copy: MarkedCopy }) {
  return (
    <article>
      <h2>{reference}</h2>
      {isAbuse ? <p class="notice error">{text.abuse}</p> : null}
      {sections.map(({ heading, entries }) => (
        <section>
          <h3>{heading}</h3>
          {entries.length > 0 ? <Entries entries={entries} /> : <p class="quiet">{text.nothing}</p>}
        </section>
      ))}
      <section>
        <h3>{text.files}</h3>
        {files.length > 0 ? (
          <>
            <p class="quiet">{text.filesNote}</p>
            <ul>
              {files.map((file) => (
                <li>
                  <Marked entry={file} />
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p class="quiet">{text.noFiles}</p>
        )}
      </section>
    </article>
  );
}

function Entries({ entries }: { entries: readonly MarkedEntry[] }) {
  return (
    <dl class="facts">
      {entries.map((entry) => (
        <>
          <dt>{entry.label}</dt>
          <dd class="typed">
            <Marked entry={entry} />
          </dd>
        </>
      ))}
    </dl>
  );
}

function Marked({ entry: { value, marks } }: { entry: MarkedEntry }) {
  return (
    <>
      {piecesOf(value, marks).map(({ words, kind }) =>
        kind ? (
          <mark data-kind={kind} title={MARK_WORDS[kind]}>
            {words}
          </mark>
        ) : (
          words
        ),
      )}
    </>
  );
}

function piecesOf(value: string, marks: readonly Mark[]): { words: string; kind?: Mark['kind'] }[] {
  const pieces: { words: string; kind?: Mark['kind'] }[] = [];
  let end = 0;
  for (const mark of marks) {
    pieces.push({ words: value.slice(end, mark.start) });
    pieces.push({ words: value.slice(mark.start, mark.end), kind: mark.kind });
    end = mark.end;
  }
  return [...pieces, { words: value.slice(end) }].filter(({ words }) => words !== '');
}
