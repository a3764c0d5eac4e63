/** The filter of a log: an ordinary form whose answer has an address. Nothing that names a resident belongs into it. */
import type { Child } from 'hono/jsx';
import type { LoggedPerson } from './data.ts';
import { LOG_GROUPS, LOG_SURFACES } from './rules.ts';
import { LOG_FIELDS, type LogField, type LogFilter, logQueryOf } from './schema.ts';
import { GROUP_WORDS, SURFACE_WORDS, logText as text } from './text.ts';

interface FilterProps {
  path: string;
  filter: LogFilter;
  faults: readonly LogField[];
  /** Whether the reference is none whose log the person may read. */
  isCaseUnknown: boolean;
  people: readonly LoggedPerson[];
  /** Whether it may be narrowed to a case. */
  hasCase: boolean;
}

export function Filter({ path, filter, faults, isCaseUnknown, people, hasCase }: FilterProps) {
  const fieldProps = (field: LogField) => ({ field, fault: faultOf(field, faults, isCaseUnknown) });
  const all = LOG_FIELDS.filter((field) => faultOf(field, faults, isCaseUnknown) !== undefined);
  const isNarrowed = logQueryOf(filter) !== '' || all.length > 0;
  const form = (
    <form method="get" action={path} aria-label={text.filter}>
      {all.length > 0 ? (
        <p class="notice error" role="alert">
          {text.faultTitle} {all.map((field) => text.fields[field]).join('、')}
        </p>
      ) : null}
      <Field {...fieldProps('person')}>
        {(attributes) => (
          <select {...attributes}>
            <option value="">{text.anybody}</option>
            {centersOf(people).map(([name, members]) => (
              <optgroup label={name}>
                {members.map((each) => (
                  <Option value={each.id} chosen={filter.person}>
                    {each.hasLeft ? text.left(each.name) : each.name}
                  </Option>
                ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      {hasCase ? (
        <Field {...fieldProps('case')} hint={text.caseHint}>
          {(attributes) => (
            // What is no reference does not get into an address.
            <input
              type="text"
              {...attributes}
              value={filter.reference ?? ''}
              maxlength={12}
              pattern="[A-Za-zＡ-Ｚａ-ｚ][0-9０-９]{1,3}[\-ー−‐－][0-9０-９]{1,9}"
              autocomplete="off"
            />
          )}
        </Field>
      ) : null}
      <Field {...fieldProps('group')}>
        {(attributes) => (
          <Words attributes={attributes} words={LOG_GROUPS} labels={GROUP_WORDS} chosen={filter.group} />
        )}
      </Field>
      <Field {...fieldProps('surface')}>
        {(attributes) => (
          <Words
            attributes={attributes}
            words={LOG_SURFACES}
            labels={SURFACE_WORDS}
            chosen={filter.surface}
          />
        )}
      </Field>
      <Field {...fieldProps('from')}>
        {(attributes) => <input type="date" {...attributes} value={filter.fromOn ?? ''} />}
      </Field>
      <Field {...fieldProps('until')}>
        {(attributes) => <input type="date" {...attributes} value={filter.untilOn ?? ''} />}
      </Field>
      <ul class="buttons">
        <li>
          <button class="button primary" type="submit">
            {text.search}
          </button>
        </li>
        {isNarrowed ? (
          <li>
            <a class="button plain" href={path}>
              {text.clear}
            </a>
          </li>
        ) : null}
      </ul>
    </form>
  );
  return (
    <details class="panel no-print" open={isNarrowed}>
      <summary>{text.filter}</summary>
      {form}
    </details>
  );
}

function faultOf(field: LogField, faults: readonly LogField[], isCaseUnknown: boolean): string | undefined {
  if (faults.includes(field)) return text.faults[field];
  return field === 'case' && isCaseUnknown ? text.noCase : undefined;
}

interface Attributes {
  id: string;
  name: string;
  'aria-describedby'?: string;
  'aria-invalid'?: 'true';
}

function Field({
  field,
  fault,
  hint,
  children,
}: {
  field: LogField;
  fault: string | undefined;
  hint?: string;
  children: (attributes: Attributes) => Child;
}) {
  const id = `filter-${field}`;
  const describedBy = [hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ');
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={id}>{text.fields[field]}</label>
      {hint ? (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {fault ? (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      ) : null}
      {children({
        id,
        name: field,
        ...(describedBy ? { 'aria-describedby': describedBy } : {}),
        ...(fault ? { 'aria-invalid': 'true' as const } : {}),
      })}
    </div>
  );
}

function Words<Word extends string>({
  attributes,
  words,
  labels,
  chosen,
}: {
  attributes: Attributes;
  words: readonly Word[];
  labels: Readonly<Record<Word, string>>;
  chosen: Word | undefined;
}) {
  return (
    <select {...attributes}>
      <option value="">{text.any}</option>
      {words.map((word) => (
        <Option value={word} chosen={chosen}>
          {labels[word]}
        </Option>
      ))}
    </select>
  );
}

function Option({
  value,
  chosen,
  children,
}: {
  value: string;
  chosen: string | undefined;
  children?: Child;
}) {
  return (
    <option value={value} selected={value === chosen}>
      {children}
    </option>
  );
}

/** In the order of the city file. */
function centersOf(people: readonly LoggedPerson[]): [string, LoggedPerson[]][] {
  return [...Map.groupBy(people, ({ center }) => center)];
}
