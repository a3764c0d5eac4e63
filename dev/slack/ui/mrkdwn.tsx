/**
 * Slack's mrkdwn as elements; nothing is ever set as HTML. As in Slack, `*` `_` `~` count only when they do not touch a
 * letter on the outside: `これは*太字*です` stays as typed, and the developer should see that here.
 */
import type { Child } from 'hono/jsx/dom';
import { fillDate } from './dates.ts';
import { emojiOf } from './emoji.ts';
import { nameOf } from './store.ts';
import { text as words } from './text.ts';

const EDGE_BEFORE = '(?<![\\p{L}\\p{N}])';
const EDGE_AFTER = '(?![\\p{L}\\p{N}])';
const mark = (sign: string, name: string) =>
  `${EDGE_BEFORE}[${sign}](?=\\S)(?<${name}>[^${sign}\\n]*?\\S)[${sign}]${EDGE_AFTER}`;

const INLINE = new RegExp(
  [
    '`(?<code>[^`\\n]+)`',
    '<(?<angle>[^<>\\n]+)>',
    ':(?<emoji>[a-z0-9_+-]+):(?::skin-tone-\\d:)?',
    mark('*', 'bold'),
    mark('_', 'italic'),
    mark('~', 'strike'),
  ].join('|'),
  'gu',
);

const unescapeText = (source: string) =>
  source.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** What a person typed, from what Slack made of it: mentions by name, links as they were written. */
export const typedOf = (written: string): string =>
  unescapeText(
    written.replace(/<(@?)([^<>|]+)(?:\|([^<>]+))?>/g, (_, at: string, target: string, label?: string) =>
      at ? `@${nameOf(target) ?? target}` : (label ?? target),
    ),
  );

/** Text with Slack's markup. */
export function Mrkdwn({ source }: { source: string }) {
  const parts = source.split(/```\n?([\s\S]+?)\n?```/);
  return (
    <div class="mrkdwn">
      {parts.map((part, index) => (index % 2 ? <pre>{unescapeText(part)}</pre> : <Lines source={part} />))}
    </div>
  );
}

/** Text without markup but emoji names, as plain_text objects have it. */
export function plain(source: string): string {
  return unescapeText(source).replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => emojiOf(name) ?? whole);
}

/** One line of a message for a label that can hold no elements. */
export function summaryOf(source: string): string {
  return plain(
    source.replace(/<([^<>|]+)(?:\|([^<>]+))?>/g, (_, target: string, label?: string) => label ?? target),
  );
}

function Lines({ source }: { source: string }) {
  const groups: { isQuote: boolean; lines: string[] }[] = [];
  for (const line of source.replace(/^\n|\n$/g, '').split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    const last = groups.at(-1);
    if (last && last.isQuote === !!quoted) last.lines.push(quoted?.[1] ?? line);
    else groups.push({ isQuote: !!quoted, lines: [quoted?.[1] ?? line] });
  }
  return (
    <>
      {groups.map(({ isQuote, lines }) => {
        const drawn = lines.map((line, index) => (
          <>
            {index > 0 && <br />}
            {inline(line)}
          </>
        ));
        return isQuote ? <blockquote>{drawn}</blockquote> : drawn;
      })}
    </>
  );
}

function inline(source: string): Child[] {
  const drawn: Child[] = [];
  let end = 0;
  for (const match of source.matchAll(INLINE)) {
    drawn.push(unescapeText(source.slice(end, match.index)), token(match));
    end = match.index + match[0].length;
  }
  drawn.push(unescapeText(source.slice(end)));
  return drawn;
}

function token(match: RegExpExecArray): Child {
  const { code, angle, emoji, bold, italic, strike } = match.groups ?? {};
  if (code !== undefined) return <code>{unescapeText(code)}</code>;
  if (angle !== undefined) return <Angle inside={angle} />;
  if (emoji !== undefined) return emojiOf(emoji) ?? match[0];
  if (bold !== undefined) return <strong>{inline(bold)}</strong>;
  if (italic !== undefined) return <em>{inline(italic)}</em>;
  return <s>{inline(strike ?? '')}</s>;
}

function Angle({ inside }: { inside: string }) {
  const cut = inside.indexOf('|');
  const target = cut < 0 ? inside : inside.slice(0, cut);
  const label = cut < 0 ? '' : unescapeText(inside.slice(cut + 1));
  if (target.startsWith('@')) return <UserMention id={target.slice(1)} label={label} />;
  if (target.startsWith('#')) return <ChannelMention id={target.slice(1)} label={label} />;
  if (target.startsWith('!')) return <Special target={target.slice(1)} label={label} />;
  return <Link url={unescapeText(target)} label={label} />;
}

/** A person's name as a mention. */
export function UserMention({ id, label = '' }: { id: string; label?: string }) {
  return <span class="mention">@{nameOf(id) ?? (label || words.unknownPerson)}</span>;
}

/** A channel's name as a mention; one that this person does not see has no name. */
export function ChannelMention({ id, label = '' }: { id: string; label?: string }) {
  const name = nameOf(id) ?? label;
  return <span class="mention">{name ? `#${name}` : words.privateChannel}</span>;
}

/** A link to another page; anything but a web or mail address is shown as text. */
export function Link({ url, label }: { url: string; label: string }) {
  if (!/^(https?|mailto|tel):/i.test(url)) return <>{label || url}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {label || url.replace(/^mailto:/, '')}
    </a>
  );
}

/** `<!channel>`, `<!date^…>`, `<!subteam^…>`. */
function Special({ target, label }: { target: string; label: string }) {
  const [kind = '', seconds = '', template = '', link = ''] = target.split('^');
  if (kind === 'date') {
    const filled = fillDate(Number(seconds), template);
    return link ? <Link url={link} label={filled} /> : <time title={label}>{filled}</time>;
  }
  if (kind === 'subteam') return <span class="mention">{label || '@group'}</span>;
  return <span class="mention is-loud">@{kind}</span>;
}
