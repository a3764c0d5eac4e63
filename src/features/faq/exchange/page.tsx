/** The pages where entries are taken in and written out: what to choose, and what would happen. */
import type { Child } from 'hono/jsx';
import { maskText } from '../../../vault/personal-data/text.ts';
import type { FileFault } from '../../directory/file-faults.ts';
import { DESK_PATH } from '../paths.ts';
import type { Checked } from './checking.ts';
import { EXCHANGE_PATH } from './paths.ts';
import { type Counts, countSteps, IMPORT_WAYS, type ImportWay, type Step } from './rules.ts';
import { exchangeText as text } from './text.ts';

/** More are named when these are mended. */
const FAULTS_SHOWN = 100;
const LISTED = 20;

interface ExchangeProps {
  token: Child;
  fault: Child;
  done: Counts | undefined;
  mayImport: boolean;
  seesAll: boolean;
}

export function ExchangePage({ token, fault, done, mayImport, seesAll }: ExchangeProps): Child {
  return (
    <>
      {done ? (
        <p class="notice done" role="status">
          {text.doneCounts(done)}
        </p>
      ) : null}
      {fault}
      <p>{text.lead}</p>
      <h2>{text.exportTitle}</h2>
      <p>{text.exportBody(seesAll)}</p>
      <ul class="buttons">
        <li>
          <a class="button" href={`${EXCHANGE_PATH}/faq.json`}>
            {text.exportJson}
          </a>
        </li>
        <li>
          <a class="button" href={`${EXCHANGE_PATH}/faq.csv`}>
            {text.exportCsv}
          </a>
        </li>
      </ul>
      <h2>{text.importTitle}</h2>
      {mayImport ? <ImportForm token={token} /> : <p>{text.notImporter}</p>}
      <p>
        <a class="button plain" href={DESK_PATH}>
          {text.back}
        </a>
      </p>
    </>
  );
}

function ImportForm({ token }: { token: Child }): Child {
  return (
    <>
      <p>{text.importBody}</p>
      <p>{text.importFormats}</p>
      <form method="post" action={`${EXCHANGE_PATH}/check`} enctype="multipart/form-data">
        {token}
        <div class="field">
          <label for="file">{text.file}</label>
          <input type="file" id="file" name="file" accept=".json,.csv,application/json,text/csv" />
        </div>
        <fieldset class="field">
          <legend>{text.way}</legend>
          <div class="choices">
            {IMPORT_WAYS.map((way) => (
              <label>
                <input type="radio" name="as" value={way} checked={way === 'published'} />
                {text.ways[way]}
              </label>
            ))}
          </div>
        </fieldset>
        <p>
          <button class="button primary" type="submit">
            {text.check}
          </button>
        </p>
      </form>
    </>
  );
}

export function Faults({ faults }: { faults: readonly FileFault[] }): Child {
  return (
    <div class="notice error" role="alert">
      <p>{text.faulty(faults.length)}</p>
      {faults.length > FAULTS_SHOWN ? <p>{text.faultsShown(FAULTS_SHOWN)}</p> : null}
      <ul>
        {faults.slice(0, FAULTS_SHOWN).map(({ path, problem }) => (
          <li>{text.fault(path, problem)}</li>
        ))}
      </ul>
    </div>
  );
}

export function Sentence({ sentence }: { sentence: string }): Child {
  return (
    <p class="notice error" role="alert">
      {sentence}
    </p>
  );
}

interface PreviewProps {
  token: Child;
  notice: string | undefined;
  as: ImportWay;
  /** Questions of the file, in its order, with what becomes of each. */
  steps: readonly Step[];
  questions: readonly string[];
  checked: Checked;
  file: string;
  mark: string;
}

export function PreviewPage({
  token,
  notice,
  as,
  steps,
  questions,
  checked,
  file,
  mark,
}: PreviewProps): Child {
  const counts = countSteps(steps);
  const isAnything = counts.fresh + counts.changed > 0;
  const ofKind = (kind: Step['kind']) => questions.filter((_, i) => steps[i]?.kind === kind);
  return (
    <>
      {notice === undefined ? null : (
        <p class="notice warning" role="alert">
          {notice}
        </p>
      )}
      <p>{isAnything ? text.preview(counts) : text.nothing}</p>
      {isAnything ? <Found {...checked} /> : null}
      <Questions title={text.groups.fresh} questions={ofKind('fresh')} />
      <Questions title={text.groups.changed} questions={ofKind('changed')} />
      <Questions title={text.groups.left} lead={text.leftBody(as)} questions={ofKind('left')} />
      <form method="post" action={`${EXCHANGE_PATH}/load`} enctype="multipart/form-data">
        {token}
        <input type="hidden" name="as" value={as} />
        <input type="hidden" name="mark" value={mark} />
        <input type="hidden" name="file" value={file} />
        <ul class="buttons">
          {isAnything ? (
            <li>
              <button class="button primary" type="submit">
                {text.confirm[as]}
              </button>
            </li>
          ) : null}
          <li>
            <a class="button plain" href={EXCHANGE_PATH}>
              {text.cancel}
            </a>
          </li>
        </ul>
      </form>
    </>
  );
}

function Found({ checked, all, found, findings }: Checked): Child {
  return (
    <>
      {checked < all ? <p>{text.checkedPart(checked, all)}</p> : null}
      {findings === 0 ? (
        <p>{text.noFindings(checked)}</p>
      ) : (
        <div class="notice warning">
          <p>{text.findings(findings, found.length, checked)}</p>
          <ul>
            {found.slice(0, LISTED).map(({ question, kinds }) => (
              <li>{text.found(question, kinds.map((kind) => maskText[kind]).join(''))}</li>
            ))}
          </ul>
          <More count={found.length - LISTED} />
        </div>
      )}
    </>
  );
}

function Questions({
  title,
  lead,
  questions,
}: {
  title: string;
  lead?: string;
  questions: readonly string[];
}): Child {
  if (questions.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      {lead === undefined ? null : <p>{lead}</p>}
      <ul>
        {questions.slice(0, LISTED).map((question) => (
          <li>{question}</li>
        ))}
      </ul>
      <More count={questions.length - LISTED} />
    </>
  );
}

function More({ count }: { count: number }): Child {
  return count > 0 ? <p>{text.more(count)}</p> : null;
}
