/** Inputs of a form on a page: label, hint and fault are tied to the input, so that a screen reader says them together. */
import type { Child } from 'hono/jsx';
import type { FormValues } from '../../slack/form.ts';
import { webText as text } from '../text.ts';
import { inputName, shownList, shownValue } from './values.ts';
import type { InputBlock, PageList, PageOption } from './view.ts';

export interface FieldProps {
  block: InputBlock;
  values: FormValues;
  fault: string | undefined;
}

/** Where a link in the summary of faults leads. */
export function fieldId(blockId: string): string {
  return `field-${blockId.replaceAll(/[^\w-]/g, '-')}`;
}

export function Field({ block, values, fault }: FieldProps) {
  const id = fieldId(block.block_id);
  const isGroup = ['radio_buttons', 'checkboxes', 'multi_static_select'].includes(block.element.type);
  const frame = `field${fault ? ' faulty' : ''}`;
  const about = (
    <>
      {block.hint ? (
        <p class="hint" id={`${id}-hint`}>
          {block.hint.text}
        </p>
      ) : null}
      {fault ? (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      ) : null}
    </>
  );
  const describedBy = [block.hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ');
  if (isGroup)
    return (
      <fieldset
        class={frame}
        id={id}
        tabindex={-1}
        {...(describedBy ? { 'aria-describedby': describedBy } : {})}
      >
        <legend>
          <Label block={block} />
        </legend>
        {about}
        <Choices block={block} values={values} />
      </fieldset>
    );
  return (
    <div class={frame}>
      <label for={id}>
        <Label block={block} />
      </label>
      {about}
      <Control
        block={block}
        values={values}
        id={id}
        describedBy={describedBy}
        isFaulty={fault !== undefined}
      />
    </div>
  );
}

function Label({ block }: { block: InputBlock }) {
  return (
    <>
      {block.label.text}
      <span class={block.optional ? 'mark' : 'mark required'}>
        {block.optional ? text.optional : text.required}
      </span>
    </>
  );
}

interface ControlProps extends Pick<FieldProps, 'block' | 'values'> {
  id: string;
  describedBy: string;
  isFaulty: boolean;
}

function Control({ block, values, id, describedBy, isFaulty }: ControlProps): Child {
  const { element } = block;
  const shared = {
    id,
    name: inputName(block.block_id),
    ...(block.optional ? {} : { 'aria-required': 'true' as const }),
    ...(describedBy ? { 'aria-describedby': describedBy } : {}),
    ...(isFaulty ? { 'aria-invalid': 'true' as const } : {}),
  };
  const value = shownValue(block, values);
  switch (element.type) {
    case 'plain_text_input':
      // No maxlength: a text that is too long is kept whole and answered with a sentence, not cut without a word.
      // A textarea drops the first line break: one more keeps what was typed.
      if (element.multiline) return <textarea {...shared} rows={8}>{`\n${value}`}</textarea>;
      return (
        <input
          type="text"
          {...shared}
          value={value}
          placeholder={element.placeholder?.text}
          autocomplete="off"
        />
      );
    case 'datepicker':
      return <input type="date" {...shared} value={value} />;
    case 'timepicker':
      return <input type="time" {...shared} value={value} />;
    case 'static_select':
      return (
        <select {...shared}>
          <option value="">{element.placeholder?.text ?? text.chooseNothing}</option>
          <Options of={element} chosen={value} />
        </select>
      );
    default:
      throw new Error('a list of choices is a group');
  }
}

/** The entries of a list, in their groups. */
export function Options({ of, chosen }: { of: PageList; chosen: string | undefined }): Child {
  return (
    <>
      {(of.option_groups ?? []).map((group) => (
        <optgroup label={group.label.text}>
          {group.options.map((option) => selectOption(option, chosen))}
        </optgroup>
      ))}
      {(of.options ?? []).map((option) => selectOption(option, chosen))}
    </>
  );
}

function selectOption(option: PageOption, chosen: string | undefined): Child {
  return (
    <option value={option.value} selected={option.value === chosen}>
      {option.text.text}
    </option>
  );
}

/** More choices than this stand in two columns where there is room. */
const MANY = 6;

function Choices({ block, values }: Pick<FieldProps, 'block' | 'values'>): Child {
  const { element } = block;
  if (
    element.type !== 'radio_buttons' &&
    element.type !== 'checkboxes' &&
    element.type !== 'multi_static_select'
  )
    throw new Error('not a list of choices');
  const isOne = element.type === 'radio_buttons';
  const groups = element.type === 'multi_static_select' ? element.option_groups : [];
  const options = [...element.options, ...groups.flatMap((group) => group.options)];
  const chosen = isOne ? [shownValue(block, values)] : shownList(block, values);
  return (
    <div class={options.length > MANY ? 'choices many' : 'choices'}>
      {options.map((option) => (
        <label>
          <input
            type={isOne ? 'radio' : 'checkbox'}
            name={inputName(block.block_id)}
            value={option.value}
            checked={chosen.includes(option.value)}
          />
          <span>
            {option.text.text}
            {option.description ? <span class="quiet"> {option.description.text}</span> : null}
          </span>
        </label>
      ))}
    </div>
  );
}
