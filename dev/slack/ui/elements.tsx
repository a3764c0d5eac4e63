/** What stands in an actions block or beside a section: buttons, overflow menus, and inputs that act at once. */
import { useRef, useState } from 'hono/jsx/dom';
import { choiceGroups, pickOne, placeholderOf } from './choices.ts';
import { isConfirmed } from './confirm.tsx';
import { Field } from './field.tsx';
import { isJson, type Json, labelAt, objectAt, textAt } from './json.ts';
import { Menu } from './menu.tsx';
import { plain } from './mrkdwn.tsx';
import type { Surface } from './surface.ts';
import { text } from './text.ts';

interface Props {
  element: Json;
  blockId: string;
  surface: Surface;
  /** What a screen reader calls an input here; its placeholder when ''. */
  label?: string;
}

/** One interactive element outside an input block. */
export function Element({ element, blockId, surface, label = '' }: Props) {
  switch (element.type) {
    case 'button':
      return <ActionButton element={element} blockId={blockId} surface={surface} />;
    case 'overflow':
      return <Overflow element={element} blockId={blockId} surface={surface} />;
    case 'image':
      return <img class="thumb" src={textAt(element, 'image_url')} alt={textAt(element, 'alt_text')} />;
    default:
      return (
        <Field
          element={element}
          blockId={blockId}
          surface={surface}
          label={label || placeholderOf(element)}
          describedBy=""
          isActing={true}
        />
      );
  }
}

function ActionButton({ element, blockId, surface }: Props) {
  const [isBusy, setBusy] = useState(false);
  // The state reaches the page a moment later; a second press in between must not pass.
  const isSending = useRef(false);
  const press = async () => {
    if (isSending.current || !(await isConfirmed(element))) return;
    isSending.current = true;
    setBusy(true);
    const value = textAt(element, 'value');
    await surface.send(blockId, textAt(element, 'action_id'), {
      type: 'button',
      text: objectAt(element, 'text'),
      ...(value ? { value } : {}),
    });
    isSending.current = false;
    setBusy(false);
  };
  const style = { primary: ' is-primary', danger: ' is-danger' }[textAt(element, 'style')] ?? '';
  const common = {
    class: `button${style}${isBusy ? ' is-busy' : ''}`,
    'aria-label': textAt(element, 'accessibility_label') || undefined,
    onClick: () => void press(),
  };
  const url = textAt(element, 'url');
  if (url) {
    return (
      <a href={url} target="_blank" rel="noopener noreferrer" {...common}>
        {plain(labelAt(element, 'text'))} <span aria-hidden="true">↗</span>
      </a>
    );
  }
  return (
    <button type="button" disabled={isBusy} {...common}>
      {plain(labelAt(element, 'text'))}
    </button>
  );
}

function Overflow({ element, blockId, surface }: Props) {
  const pick = async (option: Json) => {
    const [choice] = choiceGroups({ ...element, options: [option] }).flatMap((group) => group.choices);
    if (!(await isConfirmed(element))) return;
    const url = textAt(option, 'url');
    if (url) open(url, '_blank', 'noopener');
    await surface.send(blockId, textAt(element, 'action_id'), pickOne(element, choice));
  };
  const items = choiceGroups(element)
    .flatMap((group) => group.choices)
    .map(({ label, raw }) => ({ label, onPick: () => void (isJson(raw) && pick(raw)) }));
  return <Menu label={text.more} items={items} />;
}
