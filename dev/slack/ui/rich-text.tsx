/** The rich_text block: sections, lists, quotes and preformatted text. */
import type { Child } from 'hono/jsx/dom';
import { fillDate } from './dates.ts';
import { emojiOf } from './emoji.ts';
import { isJson, type Json, numberAt, objectAt, objectsAt, textAt } from './json.ts';
import { ChannelMention, Link, UserMention } from './mrkdwn.tsx';

/** A rich_text block, or one of the parts that can hold others. */
export function RichText({ block }: { block: Json }) {
  return <div class="mrkdwn">{objectsAt(block, 'elements').map(part)}</div>;
}

function part(element: Json): Child {
  const inside = () => objectsAt(element, 'elements').map(leaf);
  switch (element.type) {
    case 'rich_text_list': {
      const items = objectsAt(element, 'elements').map((item) => (
        <li>{objectsAt(item, 'elements').map(leaf)}</li>
      ));
      const style = { 'margin-left': `${(numberAt(element, 'indent') ?? 0) * 1.5}em` };
      return element.style === 'ordered' ? <ol style={style}>{items}</ol> : <ul style={style}>{items}</ul>;
    }
    case 'rich_text_quote':
      return <blockquote>{inside()}</blockquote>;
    case 'rich_text_preformatted':
      return <pre>{inside()}</pre>;
    default:
      return <p class="rich-section">{inside()}</p>;
  }
}

function leaf(element: Json): Child {
  switch (element.type) {
    case 'text':
      return styled(textAt(element, 'text'), objectAt(element, 'style'));
    case 'link':
      return <Link url={textAt(element, 'url')} label={textAt(element, 'text')} />;
    case 'emoji':
      return emojiOf(textAt(element, 'name')) ?? `:${textAt(element, 'name')}:`;
    case 'user':
      return <UserMention id={textAt(element, 'user_id')} />;
    case 'channel':
      return <ChannelMention id={textAt(element, 'channel_id')} />;
    case 'broadcast':
      return <span class="mention is-loud">@{textAt(element, 'range')}</span>;
    case 'date':
      return fillDate(numberAt(element, 'timestamp') ?? 0, textAt(element, 'format'));
    default:
      return null;
  }
}

function styled(words: string, style: unknown): Child {
  const wanted = isJson(style) ? style : {};
  let drawn: Child = words.split('\n').flatMap((line, index) => (index ? [<br />, line] : [line]));
  if (wanted.code === true) drawn = <code>{drawn}</code>;
  if (wanted.bold === true) drawn = <strong>{drawn}</strong>;
  if (wanted.italic === true) drawn = <em>{drawn}</em>;
  if (wanted.strike === true) drawn = <s>{drawn}</s>;
  return drawn;
}
