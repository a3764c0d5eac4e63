/** The pages of the city file: write out, load, and what loading would change. */
import type { Child } from 'hono/jsx';
import type { CityFileFault } from '../schema.ts';
import type { EntryChange, FieldChange, FileChanges } from './rules.ts';
import { cityFileText as text } from './text.ts';

/** @param token the form's hidden token */
export function CityFilePage({ token, fault }: { token: Child; fault: Child }) {
  return (
    <>
      {fault}
      <p>{text.lead}</p>
      <h2>{text.exportTitle}</h2>
      <p>{text.exportBody}</p>
      <p>
        <a class="button" href="/people/file/download">
          {text.exportButton}
        </a>
      </p>
      <h2>{text.importTitle}</h2>
      <p>{text.importBody}</p>
      <form method="post" action="/people/file/check" enctype="multipart/form-data">
        {token}
        <div class="field">
          <label for="file">{text.field}</label>
          <input type="file" id="file" name="file" accept=".json,application/json" />
        </div>
        <p>
          <button class="button primary" type="submit">
            {text.check}
          </button>
        </p>
      </form>
    </>
  );
}

/** More faults than that are named when these are mended. */
const FAULTS_SHOWN = 100;

export function FileFaults({ faults }: { faults: readonly CityFileFault[] }) {
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

export function Sentence({ sentence }: { sentence: string }) {
  return (
    <p class="notice error" role="alert">
      {sentence}
    </p>
  );
}

export function PreviewPage(props: {
  changes: FileChanges;
  token: Child;
  file: string;
  mark: string;
  notice: string | undefined;
  isAnything: boolean;
}) {
  const { changes, token, file, mark, notice, isAnything } = props;
  const { groups } = text;
  return (
    <>
      {notice === undefined ? null : (
        <p class="notice warning" role="alert">
          {notice}
        </p>
      )}
      {isAnything ? null : <p>{text.nothing}</p>}
      <Group title={groups.removed} lines={changes.removed.map(({ name, id }) => text.entry(name, id))} />
      <Group title={groups.added} lines={changes.added.map(({ name, id }) => text.entry(name, id))} />
      <Entries title={groups.changed} entries={changes.changed} />
      <Group title={groups.closed} lines={changes.closed.map(({ name, id }) => text.entry(name, id))} />
      <Group title={groups.opened} lines={changes.opened.map(({ name, id }) => text.entry(name, id))} />
      <Entries title={groups.centers} entries={changes.centers} />
      <Group title={groups.city} lines={changes.city.map(lineOf)} />
      <Group
        title={groups.lists}
        lines={changes.lists.map(({ list, before, after }) =>
          before === after ? text.replaced(fieldName(list)) : text.entries(fieldName(list), before, after),
        )}
      />
      <Group
        title={groups.faq}
        lines={changes.faq ? [text.faqChanges(changes.faq.fresh, changes.faq.changed)] : []}
      />
      {changes.isReordered ? <p>{text.order}</p> : null}
      <form method="post" action="/people/file/load" enctype="multipart/form-data">
        {token}
        <input type="hidden" name="mark" value={mark} />
        <input type="hidden" name="file" value={file} />
        <ul class="buttons">
          {isAnything ? (
            <li>
              <button class="button primary" type="submit">
                {text.confirm}
              </button>
            </li>
          ) : null}
          <li>
            <a class="button plain" href="/people/file">
              {text.cancel}
            </a>
          </li>
        </ul>
      </form>
    </>
  );
}

function Group({ title, lines }: { title: string; lines: readonly string[] }) {
  return lines.length === 0 ? null : (
    <>
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </>
  );
}

function Entries({ title, entries }: { title: string; entries: readonly EntryChange[] }) {
  return entries.length === 0 ? null : (
    <>
      <h2>{title}</h2>
      <ul class="cards">
        {entries.map(({ id, name, fields }) => (
          <li>
            <p class="name">{text.entry(name, id)}</p>
            <ul>
              {fields.map((field) => (
                <li>{lineOf(field)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}

function lineOf({ field, before, after }: FieldChange): string {
  return text.became(fieldName(field), before ?? text.none, after ?? text.none);
}

function fieldName(field: string): string {
  return text.fields.get(field) ?? field;
}
