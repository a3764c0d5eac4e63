/** The files on a case's page, and the forms that add one and take one away. */
import type { Child } from 'hono/jsx';
import { formatInstant } from '../../../lib/jst.ts';
import type { ListedFile } from './data.ts';
import { FILES_ANCHOR, filePath, filesPath, removalPath } from './paths.ts';
import { MAX_FILES } from './rules.ts';
import { filesText as text } from './text.ts';
import { ACCEPTED, labelOfType } from './words.ts';

export interface FilesSectionProps {
  reference: string;
  /** Null where no bucket is bound: then nobody hears of files. */
  files: readonly ListedFile[] | null;
  mayAttach: boolean;
  /** The hidden field that every form carries. */
  token: Child;
}

export function FilesSection({ reference, files, mayAttach, token }: FilesSectionProps) {
  if (!files) return null;
  const there = files.filter(({ removed }) => !removed);
  const removed = files.filter((file) => file.removed);
  return (
    <section aria-labelledby={FILES_ANCHOR}>
      <h2 id={FILES_ANCHOR}>{text.heading}</h2>
      {there.length === 0 ? <p>{text.none}</p> : null}
      {there.length > 0 ? (
        <ul class="cards">
          {there.map((file) => (
            <li>
              <p class="name">
                <a href={filePath(reference, file.id)} aria-label={text.download(file.name)}>
                  <bdi>{file.name}</bdi>
                </a>
              </p>
              <p>
                {labelOfType(file.type)}　{sizeOf(file.bytes)}
              </p>
              <p class="quiet">{text.added(file.addedByName, formatInstant(file.addedAt))}</p>
              {file.isRemovable ? <RemovalForm reference={reference} file={file} token={token} /> : null}
            </li>
          ))}
        </ul>
      ) : null}
      <Removed files={removed} />
      {mayAttach && there.length < MAX_FILES ? (
        <details class="no-print">
          <summary>{text.attach}</summary>
          <AttachForm reference={reference} token={token} fault={undefined} />
        </details>
      ) : null}
      {mayAttach && there.length >= MAX_FILES ? <p class="quiet">{text.full(MAX_FILES)}</p> : null}
    </section>
  );
}

function Removed({ files }: { files: readonly ListedFile[] }) {
  if (files.length === 0) return null;
  return (
    <details>
      <summary>{text.removedFiles(files.length)}</summary>
      <ul>
        {files.map(({ name, removed }) => (
          <li>
            <bdi>{name}</bdi>　{removed ? text.removed(removed.byName, formatInstant(removed.at)) : ''}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The form's own id makes sure that a double press stores the file once. */
export function AttachForm({
  reference,
  token,
  fault,
}: {
  reference: string;
  token: Child;
  fault: string | undefined;
}) {
  const describedBy = fault ? 'file-hint file-fault' : 'file-hint';
  return (
    <form method="post" action={filesPath(reference)} enctype="multipart/form-data">
      {token}
      <input type="hidden" name="view_id" value={crypto.randomUUID()} />
      <div class={fault ? 'field faulty' : 'field'}>
        <label for="file">{text.chooser}</label>
        <p class="hint" id="file-hint">
          {text.hint}
        </p>
        {fault ? (
          <p class="fault" id="file-fault" role="alert">
            {fault}
          </p>
        ) : null}
        <input
          type="file"
          id="file"
          name="file"
          accept={ACCEPTED}
          required
          aria-describedby={describedBy}
          {...(fault ? { 'aria-invalid': 'true' as const } : {})}
        />
      </div>
      <button class="button primary" type="submit">
        {text.submit}
      </button>
    </form>
  );
}

function RemovalForm({ reference, file, token }: { reference: string; file: ListedFile; token: Child }) {
  const id = `reason-${file.id}`;
  return (
    <details class="no-print">
      <summary aria-label={text.removeOf(file.name)}>{text.remove}</summary>
      <form method="post" action={removalPath(reference, file.id)}>
        {token}
        <ReasonField id={id} typed="" fault={undefined} />
        <button class="button danger" type="submit">
          {text.removeSubmit}
        </button>
      </form>
    </details>
  );
}

export function ReasonField({ id, typed, fault }: { id: string; typed: string; fault: string | undefined }) {
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={id}>{text.reason}</label>
      <p class="hint" id={`${id}-hint`}>
        {text.reasonHint}
      </p>
      {fault ? (
        <p class="fault" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      ) : null}
      {/* A textarea drops the first line break: one more keeps what was typed. */}
      <textarea
        id={id}
        name="reason"
        rows={3}
        aria-required="true"
        aria-describedby={fault ? `${id}-hint ${id}-fault` : `${id}-hint`}
        {...(fault ? { 'aria-invalid': 'true' as const } : {})}
      >{`\n${typed}`}</textarea>
    </div>
  );
}

const KIB = 1024;

function sizeOf(bytes: number): string {
  return bytes < KIB * KIB ? text.kilobytes(Math.ceil(bytes / KIB)) : text.megabytes(bytes / KIB / KIB);
}
