/** A modal's blocks as HTML. Buttons post the whole form to the press route, as a press in a modal brings what was typed. */
import type { Child } from 'hono/jsx';
import type { FormValues } from '../../slack/form.ts';
import { Field } from './fields.tsx';
import { Mrkdwn, type Names } from './mrkdwn.tsx';
import type { PageBlock, PageControl, PageView } from './view.ts';

export interface BlocksProps {
  view: PageView;
  values: FormValues;
  /** Block id → sentence. */
  faults: Readonly<Record<string, string>>;
  names: Names;
}

export function Blocks({ view, values, faults, names }: BlocksProps) {
  return (
    <>
      {view.blocks.map((block) =>
        block.type === 'input' ? (
          <Field block={block} values={values} fault={faults[block.block_id]} />
        ) : (
          <Shown block={block} names={names} />
        ),
      )}
    </>
  );
}

type TextObject = { type: 'plain_text' | 'mrkdwn'; text: string };

function TextOf({ of, names }: { of: TextObject; names: Names }): Child {
  return of.type === 'mrkdwn' ? <Mrkdwn text={of.text} names={names} /> : of.text;
}

function Shown({ block, names }: { block: Exclude<PageBlock, { type: 'input' }>; names: Names }): Child {
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
        <div class="section">
          {[block.text, ...block.fields].map((each) =>
            each ? (
              <p class="typed">
                <TextOf of={each} names={names} />
              </p>
            ) : null,
          )}
          {block.accessory ? <Controls controls={[block.accessory]} /> : null}
        </div>
      );
    case 'actions':
      return <Controls controls={block.elements} />;
  }
}

/** Separates a button's action id, which holds none, from its value. */
export const PRESS_SEPARATOR = ' ';

function Controls({ controls }: { controls: readonly PageControl[] }): Child {
  return <ul class="buttons">{controls.flatMap(pressable)}</ul>;
}

/** A button, or one for each entry of a menu or list: without script nothing happens by choosing alone. */
function pressable(control: PageControl): Child[] {
  if (control.type === 'button' && control.url !== undefined) {
    if (!/^https?:\/\//.test(control.url)) return [];
    return [
      <li>
        <a class="button" href={control.url}>
          {control.text.text}
        </a>
      </li>,
    ];
  }
  if (control.type === 'button')
    return [
      <PressButton
        actionId={control.action_id}
        value={control.value}
        label={control.text.text}
        style={control.style}
      />,
    ];
  const groups =
    'option_groups' in control ? (control.option_groups ?? []).flatMap(({ options }) => options) : [];
  return [...groups, ...(control.options ?? [])].map((option) => (
    <PressButton
      actionId={control.action_id}
      value={option.value}
      label={option.text.text}
      style={undefined}
    />
  ));
}

function PressButton(props: { actionId: string; value: string; label: string; style: string | undefined }) {
  return (
    <li>
      <button
        class={props.style ? `button ${props.style}` : 'button'}
        type="submit"
        formaction="/modal/press"
        formnovalidate
        name="press"
        value={`${props.actionId}${PRESS_SEPARATOR}${props.value}`}
      >
        {props.label}
      </button>
    </li>
  );
}
