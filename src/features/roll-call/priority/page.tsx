/** The page on which a center keeps its number and, if it wants to, its list. Works without script. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { ROLL_CALLS_PATH } from '../paths.ts';
import { PRIORITY_PATH } from './paths.ts';
import type { KeptNumber, Resident } from './residents/data.ts';
import { MOST_RESIDENTS } from './rules.ts';
import { priorityText as text } from './text.ts';

export const FIELDS = {
  /** What a form of the page is for. */
  what: 'do',
  total: 'total',
  seen: 'seen',
  lines: 'lines',
  form: 'form',
  resident: 'resident',
} as const;

export interface PriorityPageProps {
  c: Context<PageEnv>;
  number: KeptNumber | undefined;
  residents: readonly Resident[];
  /** What was typed, where a form is shown again. */
  typed: { total?: string; lines?: string; form?: string };
  faults: { total?: string; lines?: string };
  /** What was just done. */
  notice: string | undefined;
}

export function PriorityPage(props: PriorityPageProps) {
  const { residents, notice } = props;
  return (
    <>
      {notice === undefined ? null : (
        <p class="notice done" role="status">
          {notice}
        </p>
      )}
      <p>{text.lead}</p>
      <section>
        <h2>{text.number.title}</h2>
        {residents.length > 0 ? <p>{text.number.fromList(residents.length)}</p> : <NumberForm {...props} />}
      </section>
      <section>
        <h2>{text.list.title}</h2>
        <p>{text.list.lead}</p>
        <p>{residents.length === 0 ? text.list.none : text.list.count(residents.length, MOST_RESIDENTS)}</p>
        {residents.length === 0 ? null : <ResidentTable {...props} />}
        <AddForm {...props} />
      </section>
      <p>
        <a class="button plain" href={ROLL_CALLS_PATH}>
          {text.back}
        </a>
      </p>
    </>
  );
}

function Fault({ id, sentence }: { id: string; sentence: string | undefined }): Child {
  return sentence === undefined ? null : (
    <p class="fault" id={id} role="alert">
      {sentence}
    </p>
  );
}

function NumberForm({ c, number, typed, faults }: PriorityPageProps) {
  const words = text.number;
  const isFaulty = faults.total !== undefined;
  return (
    <form method="post" action={PRIORITY_PATH}>
      <FormToken c={c} />
      <input type="hidden" name={FIELDS.what} value="number" />
      <input type="hidden" name={FIELDS.seen} value={String(number?.version ?? 0)} />
      <p>{number ? words.now(number.total, number.byName, number.at) : words.none}</p>
      <div class={isFaulty ? 'field faulty' : 'field'}>
        <label for="total">{words.label}</label>
        <p class="hint" id="total-hint">
          {words.hint}
        </p>
        <Fault id="total-fault" sentence={faults.total} />
        <input
          type="text"
          inputmode="numeric"
          id="total"
          name={FIELDS.total}
          value={typed.total ?? (number ? String(number.total) : '')}
          autocomplete="off"
          aria-describedby={isFaulty ? 'total-hint total-fault' : 'total-hint'}
          {...(isFaulty ? { 'aria-invalid': 'true' as const } : {})}
        />
      </div>
      <button class="button primary" type="submit">
        {words.save}
      </button>
    </form>
  );
}

function AddForm({ c, typed, faults }: PriorityPageProps) {
  const words = text.list;
  const isFaulty = faults.lines !== undefined;
  return (
    <form method="post" action={PRIORITY_PATH}>
      <FormToken c={c} />
      <input type="hidden" name={FIELDS.what} value="add" />
      <input type="hidden" name={FIELDS.form} value={typed.form ?? crypto.randomUUID()} />
      <h3>{words.add}</h3>
      <div class={isFaulty ? 'field faulty' : 'field'}>
        <label for="lines">{words.lines}</label>
        <p class="hint" id="lines-hint">
          {words.linesHint}
        </p>
        <Fault id="lines-fault" sentence={faults.lines} />
        {/* A textarea drops the first line break: one more keeps what was typed. */}
        <textarea
          id="lines"
          name={FIELDS.lines}
          rows={8}
          aria-describedby={isFaulty ? 'lines-hint lines-fault' : 'lines-hint'}
          {...(isFaulty ? { 'aria-invalid': 'true' as const } : {})}
        >{`\n${typed.lines ?? ''}`}</textarea>
      </div>
      <button class="button" type="submit">
        {words.submit}
      </button>
    </form>
  );
}

function ResidentTable({ c, residents }: PriorityPageProps) {
  const words = text.list;
  return (
    <section class="scroll" tabindex={0} aria-label={words.title}>
      <table class="stacked">
        <caption>{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.contact}</th>
            <th scope="col">{words.remove}</th>
          </tr>
        </thead>
        <tbody>
          {residents.map(({ id, name, contact }) => (
            <tr>
              <th scope="row">{name}</th>
              <td data-label={words.contact}>{contact ?? ''}</td>
              <td data-label={words.remove}>
                <details>
                  <summary aria-label={`${name} ${words.remove}`}>{words.remove}</summary>
                  <form method="post" action={PRIORITY_PATH}>
                    <FormToken c={c} />
                    <input type="hidden" name={FIELDS.what} value="remove" />
                    <input type="hidden" name={FIELDS.resident} value={id} />
                    <button class="button danger" type="submit">
                      {words.confirmRemove}
                    </button>
                  </form>
                </details>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
