/** The form of minutes: works without script, and shows again whatever was typed. */
import type { Context } from 'hono';
import { formatInstant } from '../../../lib/jst.ts';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { InvitedSeat, LoadedMeeting } from '../data.ts';
import type { OpenedPromise } from '../promises/data.ts';
import { promisesText } from '../promises/text.ts';
import { ATTENDANCE_WORDS, ATTENDANCES } from '../words.ts';
import type { OpenedMinutes, Promiser } from './data.ts';
import { AreaField, LineField, SelectField } from './fields.tsx';
import { minutesPath } from './paths.ts';
import { type Faults, FIELDS, NEW_ROW, rowsOf, type Typed } from './schema.ts';
import { minutesText as text } from './text.ts';

/** Empty rows for promises; each time that it is saved there are as many again. */
const NEW_ROWS = 5;

export interface MinutesFormProps {
  c: Context<PageEnv>;
  loaded: LoadedMeeting;
  /** Null while nobody wrote any. */
  stored: OpenedMinutes | null;
  /** Of these minutes. */
  promises: readonly OpenedPromise[];
  /** Open ones of earlier meetings. */
  carried: readonly OpenedPromise[];
  promisers: readonly Promiser[];
  template: string;
  mayApprove: boolean;
  /** What was typed, where the form is shown again. */
  typed: Typed | undefined;
  faults: Faults;
  /** Somebody saved first: what is stored stands above what was typed. */
  isOvertaken: boolean;
}

export function MinutesForm(props: MinutesFormProps) {
  const { c, loaded, stored, promises, typed, faults } = props;
  const count = Object.keys(faults).length;
  return (
    <>
      <p>{text.lead}</p>
      {stored?.approvedAt ? <p class="notice warning">{text.reopened}</p> : null}
      {props.isOvertaken && stored ? <Overtaken stored={stored} promises={promises} /> : null}
      {count > 0 ? (
        <p class="notice error" role="alert">
          {text.faults(count)} {faults[''] ?? ''}
        </p>
      ) : null}
      <form method="post" action={minutesPath(loaded.meeting.reference)}>
        <FormToken c={c} />
        <input type="hidden" name={FIELDS.form} value={typed?.[FIELDS.form] ?? crypto.randomUUID()} />
        <input type="hidden" name={FIELDS.seen} value={seenOf(props)} />
        <h2>{text.fields.attendance}</h2>
        <div class="narrow">
          {loaded.seats.map((seat) => (
            <Presence seat={seat} typed={typed} />
          ))}
        </div>
        <AreaField
          name={FIELDS.body}
          {...text.fields.body}
          rows={20}
          value={typed?.[FIELDS.body] ?? stored?.body ?? props.template}
          fault={faults[FIELDS.body]}
        />
        <AreaField
          name={FIELDS.decisions}
          {...text.fields.decisions}
          rows={6}
          value={typed?.[FIELDS.decisions] ?? stored?.decisions ?? ''}
          fault={faults[FIELDS.decisions]}
        />
        <PromiseRows {...props} />
        <Carried carried={props.carried} typed={typed} />
        <ul class="buttons">
          <li>
            <button class="button primary" type="submit" name={FIELDS.decision} value="save">
              {text.save}
            </button>
          </li>
          {props.mayApprove ? (
            <li>
              <button class="button" type="submit" name={FIELDS.decision} value="approve">
                {text.approve}
              </button>
            </li>
          ) : null}
        </ul>
      </form>
    </>
  );
}

/** What the person has seen: a form that comes back with a fault has not shown what was saved meanwhile. */
function seenOf({ stored, typed, isOvertaken }: MinutesFormProps): string {
  const now = String(stored?.writtenAt.getTime() ?? 0);
  return isOvertaken ? now : (typed?.[FIELDS.seen] ?? now);
}

function Overtaken({ stored, promises }: { stored: OpenedMinutes; promises: readonly OpenedPromise[] }) {
  return (
    <div class="notice error" role="alert">
      <p>{text.errors.changed(stored.writerName, formatInstant(stored.writtenAt))}</p>
      <h2>{text.stored}</h2>
      <p class="panel typed">{stored.body}</p>
      <p class="panel typed">{stored.decisions}</p>
      {promises.map(({ body, who, dueOn }) => (
        <p class="panel typed">{text.sheet.promise(body, who, promisesText.due(dueOn))}</p>
      ))}
    </div>
  );
}

function Presence({ seat, typed }: { seat: InvitedSeat; typed: Typed | undefined }) {
  const name = FIELDS.presence(seat.seat);
  const center = seat.centerShort === null ? '' : `（${seat.centerShort}）`;
  return (
    <SelectField
      name={name}
      label={seat.name === null ? (seat.centerShort ?? '') : `${seat.name}${center}`}
      value={typed?.[name] ?? seat.presence ?? seat.answer ?? ''}
      fault={undefined}
      choices={[['', text.noPresence], ...ATTENDANCES.map((each) => [each, ATTENDANCE_WORDS[each]] as const)]}
    />
  );
}

/** Those that are stored and still open, those that were typed, and empty ones. */
function PromiseRows({ promises, promisers, typed, faults }: MinutesFormProps) {
  const open = promises.filter(({ outcome }) => outcome === null);
  const known = new Map(open.map((each) => [each.id, each]));
  const shown = typed ? rowsOf(typed) : [];
  const keys = [...new Set([...open.map(({ id }) => id), ...shown])];
  const taken = shown.filter((key) => key.startsWith(NEW_ROW)).length;
  const fresh = typed ? [] : Array.from({ length: NEW_ROWS }, (_, i) => `${NEW_ROW}${taken + i}`);
  return (
    <>
      <h2>{text.fields.promises.label}</h2>
      <p class="hint">{text.fields.promises.hint}</p>
      {[...keys, ...fresh].map((key, index) => (
        <PromiseRow
          key={key}
          rowKey={key}
          number={index + 1}
          stored={known.get(key)}
          promisers={promisers}
          typed={typed}
          faults={faults}
        />
      ))}
    </>
  );
}

interface PromiseRowProps {
  rowKey: string;
  number: number;
  stored: OpenedPromise | undefined;
  promisers: readonly Promiser[];
  typed: Typed | undefined;
  faults: Faults;
}

function PromiseRow({ rowKey, number, stored, promisers, typed, faults }: PromiseRowProps) {
  const { fields } = text;
  const [what, who, due] = [FIELDS.what(rowKey), FIELDS.who(rowKey), FIELDS.due(rowKey)];
  const keeper = stored ? keeperOf(stored) : undefined;
  // Whoever promised may take part no more: she stays to be chosen.
  const isListed = keeper === undefined || promisers.some(({ value }) => value === keeper);
  return (
    <fieldset class="field">
      <legend>{fields.promise(number)}</legend>
      <LineField
        type="text"
        name={what}
        label={fields.what}
        value={typed?.[what] ?? stored?.body ?? ''}
        fault={faults[what]}
      />
      <div class="looking">
        <SelectField
          name={who}
          label={fields.who}
          value={typed?.[who] ?? keeper ?? ''}
          fault={faults[who]}
          choices={[
            ['', text.choose],
            ...(isListed || stored === undefined ? [] : [[keeper, stored.who] as const]),
            ...promisers.map(
              ({ value, name, isCenter }) => [value, isCenter ? text.centerWord(name) : name] as const,
            ),
          ]}
        />
        <LineField
          type="date"
          name={due}
          label={fields.due}
          value={typed?.[due] ?? stored?.dueOn ?? ''}
          fault={faults[due]}
        />
      </div>
    </fieldset>
  );
}

/** As the choice of the form has it. */
export function keeperOf({ person, center }: Pick<OpenedPromise, 'person' | 'center'>): string {
  return person === null ? `center:${center ?? ''}` : `person:${person}`;
}

function Carried({ carried, typed }: { carried: readonly OpenedPromise[]; typed: Typed | undefined }) {
  if (carried.length === 0) return null;
  const { earlier } = text.fields;
  return (
    <>
      <h2>{earlier.label}</h2>
      <p class="hint">{earlier.hint}</p>
      {carried.map(({ id, body, who, dueOn, reference }) => (
        <SelectField
          name={FIELDS.earlier(id)}
          label={body}
          hint={promisesText.line(reference, promisesText.due(dueOn), who)}
          value={typed?.[FIELDS.earlier(id)] ?? ''}
          fault={undefined}
          choices={[
            ['', text.earlier['']],
            ['kept', text.earlier.kept],
            ['dropped', text.earlier.dropped],
          ]}
        />
      ))}
    </>
  );
}
