/** Block Kit's blocks, in a message, a modal or the home tab. */

import { Element } from './elements.tsx';
import { Field, fieldId, isSingleControl } from './field.tsx';
import { blockIdOf } from './form-state.ts';
import { isJson, type Json, labelAt, objectAt, objectsAt, textAt } from './json.ts';
import { Mrkdwn, plain, summaryOf } from './mrkdwn.tsx';
import { RichText } from './rich-text.tsx';
import { elementId, type Surface } from './surface.ts';
import { text } from './text.ts';

/** Draws the blocks that the app sent; what is not an object is left out. */
export function Blocks({ blocks, surface }: { blocks: unknown[]; surface: Surface }) {
  return (
    <div class="blocks">
      {blocks.filter(isJson).map((block, index) => {
        const blockId = blockIdOf(block, index);
        return (
          <Block
            key={`${blockId} ${textAt(block, 'type')}`}
            block={block}
            blockId={blockId}
            surface={surface}
          />
        );
      })}
    </div>
  );
}

interface BlockProps {
  block: Json;
  blockId: string;
  surface: Surface;
}

function Block({ block, blockId, surface }: BlockProps) {
  switch (block.type) {
    case 'section':
      return <Section block={block} blockId={blockId} surface={surface} />;
    case 'header':
      return <h3 class="block-header">{plain(labelAt(block, 'text'))}</h3>;
    case 'divider':
      return <hr />;
    case 'context':
      return <Context block={block} />;
    case 'actions':
      return (
        <div class="block-actions">
          {objectsAt(block, 'elements').map((element) => (
            <Element
              key={textAt(element, 'action_id')}
              element={element}
              blockId={blockId}
              surface={surface}
            />
          ))}
        </div>
      );
    case 'image':
      return <Picture block={block} />;
    case 'input':
      return <Input block={block} blockId={blockId} surface={surface} />;
    case 'rich_text':
      return <RichText block={block} />;
    case 'markdown':
      return <Mrkdwn source={textAt(block, 'text')} />;
    default:
      return <p class="faint">{text.unsupported(textAt(block, 'type'))}</p>;
  }
}

/** A text object, with or without markup. */
function TextObject({ source }: { source: Json }) {
  if (source.type === 'mrkdwn') return <Mrkdwn source={textAt(source, 'text')} />;
  return <div class="plain">{plain(textAt(source, 'text'))}</div>;
}

function Section({ block, blockId, surface }: BlockProps) {
  const accessory = objectAt(block, 'accessory');
  const fields = objectsAt(block, 'fields');
  const label = summaryOf(labelAt(block, 'text')).replace(/[*_~`]/g, '');
  return (
    <div class={accessory.type ? 'block-section has-accessory' : 'block-section'}>
      <div class="block-text">
        {isJson(block.text) && <TextObject source={block.text} />}
        {fields.length > 0 && (
          <div class="block-fields">
            {fields.map((field) => (
              <TextObject source={field} />
            ))}
          </div>
        )}
      </div>
      {accessory.type && (
        <div class="block-accessory">
          <Element
            key={textAt(accessory, 'action_id')}
            element={accessory}
            blockId={blockId}
            surface={surface}
            label={label}
          />
        </div>
      )}
    </div>
  );
}

function Context({ block }: { block: Json }) {
  return (
    <div class="block-context">
      {objectsAt(block, 'elements').map((element) =>
        element.type === 'image' ? (
          <img src={textAt(element, 'image_url')} alt={textAt(element, 'alt_text')} />
        ) : (
          <TextObject source={element} />
        ),
      )}
    </div>
  );
}

function Picture({ block }: { block: Json }) {
  const title = plain(labelAt(block, 'title'));
  return (
    <figure>
      {title && <figcaption>{title}</figcaption>}
      <img src={textAt(block, 'image_url')} alt={textAt(block, 'alt_text')} />
    </figure>
  );
}

function Input({ block, blockId, surface }: BlockProps) {
  const element = objectAt(block, 'element');
  const id = fieldId(surface, blockId, element);
  const error = surface.errors[blockId];
  const hint = plain(labelAt(block, 'hint'));
  const hintId = hint ? elementId(id, 'hint') : '';
  const errorId = error ? elementId(id, 'error') : '';
  const notesIds = [errorId, hintId].filter(Boolean).join(' ');
  const name = (
    <>
      {plain(labelAt(block, 'label'))}
      {block.optional === true && <span class="optional">{text.optional}</span>}
    </>
  );
  const field = (
    <Field
      key={`${textAt(element, 'action_id')} ${textAt(element, 'type')}`}
      element={element}
      blockId={blockId}
      surface={surface}
      label=""
      describedBy={notesIds}
      isActing={block.dispatch_action === true}
    />
  );
  const notes = (
    <>
      {error && (
        <p key="error" id={errorId} class="field-error">
          {error}
        </p>
      )}
      {hint && (
        <p key="hint" id={hintId} class="field-hint">
          {hint}
        </p>
      )}
    </>
  );
  const className = error ? 'block-input is-invalid' : 'block-input';
  if (isSingleControl(element)) {
    return (
      <div class={className}>
        <label for={id}>{name}</label>
        {field}
        {notes}
      </div>
    );
  }
  return (
    <fieldset class={className} aria-describedby={notesIds || undefined}>
      <legend>{name}</legend>
      {field}
      {notes}
    </fieldset>
  );
}
