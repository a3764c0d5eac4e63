/** What a person types, as Slack's client writes it: `&`, `<`, `>` escaped, addresses and mentions as `<…>`. */
import type { Directory } from './directory.ts';
import type { JsonObject } from './json.ts';

type Segment =
  | { kind: 'text'; text: string }
  | { kind: 'link'; url: string; label: string }
  | { kind: 'user'; id: string };

/** A web address without the punctuation behind it, or a mail address. Both are ASCII: Japanese words may follow at once. */
const ADDRESS = /https?:\/\/[\x21-\x7e]*[\w/=&#%~+-]|[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)+/gi;

/** One `<…>` of a written text, or the words between two. */
const WRITTEN = /<([^<>|]+)(?:\|([^<>]*))?>|[^<]+/g;

/** The `text` of a message in which somebody types this; `@` and a person's whole name is a mention. */
export function writtenText(typed: string, directory: Directory): string {
  return segmentsOf(typed, directory).map(toWritten).join('');
}

/** The `blocks` that Slack gives a person's message with this written text; `id` keeps their ids the same each time. */
export function richTextOf(written: string, id: string): JsonObject[] {
  const elements = [...written.matchAll(WRITTEN)].map(([whole, target, label]): JsonObject => {
    if (target === undefined) return { type: 'text', text: unescapeText(whole) };
    if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) };
    const url = unescapeText(target);
    return { type: 'link', url, ...(label === undefined ? {} : { text: unescapeText(label) }) };
  });
  return [{ type: 'rich_text', block_id: `b${id}`, elements: [{ type: 'rich_text_section', elements }] }];
}

function segmentsOf(typed: string, directory: Directory): Segment[] {
  const segments: Segment[] = [];
  let end = 0;
  for (const { 0: address, index } of typed.matchAll(ADDRESS)) {
    segments.push(...mentionsIn(typed.slice(end, index), directory));
    const isMail = !/^https?:/i.test(address);
    segments.push({
      kind: 'link',
      url: isMail ? `mailto:${address}` : address,
      label: isMail ? address : '',
    });
    end = index + address.length;
  }
  return [...segments, ...mentionsIn(typed.slice(end), directory)];
}

function mentionsIn(words: string, directory: Directory): Segment[] {
  for (const { id, name } of directory.users.values()) {
    const at = words.indexOf(`@${name}`);
    if (at < 0) continue;
    const after = words.slice(at + name.length + 1);
    return [
      ...mentionsIn(words.slice(0, at), directory),
      { kind: 'user', id },
      ...mentionsIn(after, directory),
    ];
  }
  return words === '' ? [] : [{ kind: 'text', text: words }];
}

function toWritten(segment: Segment): string {
  if (segment.kind === 'user') return `<@${segment.id}>`;
  if (segment.kind === 'text') return escapeText(segment.text);
  const label = segment.label === '' ? '' : `|${escapeText(segment.label)}`;
  return `<${escapeText(segment.url)}${label}>`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
