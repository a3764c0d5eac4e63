/** The form of an entry. Works without script. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { VISIBILITIES, VISIBILITY_CODES, type Visibility } from '../words.ts';
import type { DeskPerson } from './data.ts';
import type { Texts } from './rules.ts';
import type { Fault, Faults } from './schema.ts';
import { editingText as text } from './text.ts';

export interface Shown {
  texts: Texts;
  visibility: Visibility;
  owner: string;
  reviewDueOn: string;
  seen: string;
  submissionKey: string;
}

interface FormProps {
  c: Context<PageEnv>;
  action: string;
  shown: Shown;
  faults: Faults;
  owners: readonly DeskPerson[];
  topics: readonly string[];
  /** Something looks like personal data: whoever proposes says that it is none. */
  asksToConfirm: boolean;
}

const ROWS = { aliases: 4, answer: 16, topics: 3, links: 4 } as const;

export function EntryForm(props: FormProps): Child {
  const { c, action, shown, faults, owners, topics, asksToConfirm } = props;
  return (
    <form method="post" action={action}>
      <FormToken c={c} />
      <input type="hidden" name="seen" value={shown.seen} />
      <input type="hidden" name="submissionKey" value={shown.submissionKey} />
      <Area name="question" rows={2} value={shown.texts.question} fault={faults.question} />
      <Area
        name="aliases"
        rows={ROWS.aliases}
        value={shown.texts.aliases}
        fault={faults.aliases}
        hint={text.hints.aliases}
      />
      <Area
        name="answer"
        rows={ROWS.answer}
        value={shown.texts.answer}
        fault={faults.answer}
        hint={text.hints.answer}
      />
      <Area
        name="topics"
        rows={ROWS.topics}
        value={shown.texts.topics}
        fault={faults.topics}
        hint={text.hints.topics}
      />
      {topics.length > 0 ? (
        <details>
          <summary>{text.hints.usedTopics}</summary>
          <p>{topics.join('、')}</p>
        </details>
      ) : null}
      <Area
        name="links"
        rows={ROWS.links}
        value={shown.texts.links}
        fault={faults.links}
        hint={text.hints.links}
      />
      <Choice
        name="visibility"
        label={text.visibility}
        value={shown.visibility}
        choices={VISIBILITY_CODES.map((each) => [each, VISIBILITIES[each]])}
      />
      <Choice
        name="owner"
        label={text.owner}
        value={shown.owner}
        hint={text.hints.owner}
        fault={faults.owner}
        choices={[
          ['', text.nobody],
          ...owners.map(({ slackUserId, name }): [string, string] => [slackUserId, name]),
        ]}
      />
      <DateField
        name="reviewDueOn"
        label={text.reviewDue}
        value={shown.reviewDueOn}
        fault={faults.reviewDueOn}
        hint={text.hints.reviewDue}
      />
      {asksToConfirm ? (
        <div class="choices">
          <label>
            <input type="checkbox" name="confirmed" value="yes" />
            <span>{`${text.found.confirm}（${text.found.confirmHint}）`}</span>
          </label>
        </div>
      ) : null}
      <div class="buttons">
        <button class="button" type="submit" name="do" value="save">
          {text.buttons.save}
        </button>
        <button class="button primary" type="submit" name="do" value="propose">
          {text.buttons.propose}
        </button>
      </div>
    </form>
  );
}

interface AreaProps {
  name: keyof Texts;
  rows: number;
  value: string;
  fault: Fault | undefined;
  hint?: string;
}

function Area({ name, rows, value, fault, hint }: AreaProps): Child {
  const isRequired = name === 'question' || name === 'answer';
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={name}>
        {text.fields[name]}{' '}
        <span class={isRequired ? 'mark required' : 'mark'}>
          {isRequired ? text.required : text.optional}
        </span>
      </label>
      <Around name={name} fault={fault} hint={hint} />
      <textarea id={name} name={name} rows={rows} {...described(name, fault, hint)}>
        {`\n${value}`}
      </textarea>
    </div>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string;
  choices: readonly (readonly [value: string, label: string])[];
  hint?: string;
  fault?: Fault | undefined;
}

export function Choice({ name, label, value, choices, hint, fault }: ChoiceProps): Child {
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={name}>{label}</label>
      <Around name={name} fault={fault} hint={hint} />
      <select id={name} name={name} {...described(name, fault, hint)}>
        {choices.map(([each, words]) => (
          <option value={each} selected={each === value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

interface DateProps {
  name: string;
  label: string;
  value: string;
  hint?: string;
  fault?: Fault | undefined;
}

export function DateField({ name, label, value, hint, fault }: DateProps): Child {
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={name}>{label}</label>
      <Around name={name} fault={fault} hint={hint} />
      <input type="date" id={name} name={name} value={value} {...described(name, fault, hint)} />
    </div>
  );
}

export function Around({
  name,
  fault,
  hint,
}: {
  name: string;
  fault: Fault | undefined;
  hint: string | undefined;
}): Child {
  return (
    <>
      {hint === undefined ? null : (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {fault === undefined ? null : (
        <p class="fault" id={`${name}-fault`}>
          {text.errors.of(fault)}
        </p>
      )}
    </>
  );
}

export function described(name: string, fault: Fault | undefined, hint: string | undefined) {
  const by = [...(fault ? [`${name}-fault`] : []), ...(hint === undefined ? [] : [`${name}-hint`])];
  return {
    ...(fault ? { 'aria-invalid': 'true' as const } : {}),
    ...(by.length > 0 ? { 'aria-describedby': by.join(' ') } : {}),
  };
}
