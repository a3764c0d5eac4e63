/** A modal's blocks as HTML. Buttons post the whole form to the press route, as a press in a modal brings what was typed. */
import type { Child } from 'hono/jsx';
import { NOTICE_BLOCK } from '../../slack/block-kit.ts';
import type { FormValues } from '../../slack/form.ts';
import { webText as text } from '../text.ts';
import { Field, Options } from './fields.tsx';
import { Mrkdwn, type Names } from './mrkdwn.tsx';
import type { PageBlock, PageControl, PageView } from './view.ts';

export interface BlocksProps {
  view: PageView;
  values: FormValues;
  /** Block id → sentence. */
  faults: Readonly<Record<string, string>>;
  names: Names;
  /** Action ids of buttons that lead to another page. */
  leading: ReadonlySet<string>;
}

export function Blocks({ view, values, faults, names, leading }: BlocksProps) {
  // Nothing that was typed is lost to a look elsewhere: from a form such a button opens a tab of its own.
  const isTypedInto = view.blocks.some(({ type }) => type === 'input');
  const beside = isTypedInto ? leading : new Set<string>();
  return (
    <>
      {view.blocks.map((block) =>
        block.type === 'input' ? (
          <Field block={block} values={values} fault={faults[block.block_id]} />
        ) : (
          <Shown block={block} names={names} beside={beside} />
        ),
      )}
    </>
  );
}

/** How a form before went, and warnings. */
function prominence({ block_id, text: said }: Extract<PageBlock, { type: 'section' }>) {
  if (block_id.startsWith(NOTICE_BLOCK)) return { class: 'section notice', role: 'status' };
  return { class: said?.text.startsWith(WARNING) ? 'section notice warning' : 'section' };
}

/** What begins with it must not be overlooked. */
const WARNING = ':warning:';

type TextObject = { type: 'plain_text' | 'mrkdwn'; text: string };

function TextOf({ of, names }: { of: TextObject; names: Names }): Child {
  return of.type === 'mrkdwn' ? <Mrkdwn text={of.text} names={names} /> : of.text;
}

interface ShownProps {
  block: Exclude<PageBlock, { type: 'input' }>;
  names: Names;
  /** Action ids of buttons that open a tab of their own. */
  beside: ReadonlySet<string>;
}

function Shown({ block, names, beside }: ShownProps): Child {
  switch (block.type) {
    case 'divider':
      return <hr />;
    case 'header':
      return <h2>{block.text.text}</h2>;
    case 'context':
      return (
        <p class="quiet">
          {block.elements.map((element) => (
            <TextOf of={element} names={names} />
          ))}
        </p>
      );
    case 'section':
      return (
        <div {...prominence(block)}>
          {[block.text, ...block.fields].map((each) =>
            each ? (
              <p class="typed">
                <TextOf of={each} names={names} />
              </p>
            ) : null,
          )}
          {block.accessory ? <Controls controls={[block.accessory]} beside={beside} /> : null}
        </div>
      );
    case 'actions':
      return <Controls controls={block.elements} beside={beside} />;
  }
}

/** Separates a button's action id, which holds none, from its value; a list's button names its action id alone. */
export const PRESS_SEPARATOR = ' ';

/** The name of the field that holds what was chosen from a list. */
export function choiceName(actionId: string): string {
  return `choice:${actionId}`;
}

function Controls({
  controls,
  beside,
}: {
  controls: readonly PageControl[];
  beside: ReadonlySet<string>;
}): Child {
  return <ul class="buttons">{controls.map((control) => pressable(control, beside))}</ul>;
}

function pressable(control: PageControl, beside: ReadonlySet<string>): Child {
  if (control.type === 'overflow')
    return control.options.map((option) => (
      <PressButton press={`${control.action_id}${PRESS_SEPARATOR}${option.value}`} label={option.text.text} />
    ));
  if (control.type === 'static_select') return <PressList list={control} />;
  if (control.url === undefined)
    return (
      <PressButton
        press={`${control.action_id}${PRESS_SEPARATOR}${control.value}`}
        label={control.text.text}
        style={control.style}
        isBeside={beside.has(control.action_id)}
      />
    );
  if (!/^https?:\/\//.test(control.url)) return null;
  return (
    <li>
      <a class="button" href={control.url}>
        {control.text.text}
      </a>
    </li>
  );
}

/** Without script nothing happens by choosing alone: a button beside the list does what choosing does in Slack. */
function PressList({ list }: { list: Extract<PageControl, { type: 'static_select' }> }): Child {
  const name = choiceName(list.action_id);
  const label = list.placeholder?.text ?? text.chooseFrom;
  return (
    <li class="pick">
      <label>
        <span>{label}</span>
        <select name={name}>
          <Options of={list} chosen={list.initial_option?.value} />
        </select>
      </label>
      <PressOnly press={list.action_id} label={text.showChosen} about={label} />
    </li>
  );
}

interface PressButtonProps {
  press: string;
  label: string;
  style?: string | undefined;
  isBeside?: boolean;
}

function PressButton(props: PressButtonProps): Child {
  return (
    <li>
      <PressOnly {...props} />
    </li>
  );
}

/** @param about said by screen readers, where several buttons of a page have the same label */
function PressOnly({ press, label, style, isBeside, about }: PressButtonProps & { about?: string }): Child {
  return (
    <button
      class={style ? `button ${style}` : 'button'}
      type="submit"
      formaction="/modal/press"
      formnovalidate
      name="press"
      value={press}
      {...(isBeside ? { formtarget: '_blank' } : {})}
      {...(about === undefined ? {} : { 'aria-label': `${about} ${label}` })}
    >
      {isBeside ? text.inNewTab(label) : label}
    </button>
  );
}
