/** Slack's mrkdwn as HTML: bold, line breaks, names for mentions, links. Everything else is shown as the text that it is. */
import type { Child } from 'hono/jsx';

/** The names behind Slack ids; ids that nobody knows are shown as they are. */
export type Names = ReadonlyMap<string, string>;

/** What our messages use; a screen reader says the label. */
const EMOJI: Readonly<Record<string, { sign: string; label: string }>> = {
  ':warning:': { sign: '⚠', label: '注意：' },
  ':lock:': { sign: '🔒', label: '限定：' },
  ':red_circle:': { sign: '🔴', label: '至急：' },
  ':large_yellow_circle:': { sign: '🟡', label: '早め：' },
  ':white_circle:': { sign: '⚪', label: '通常：' },
  ':loudspeaker:': { sign: '📢', label: '共有：' },
};

const MARKED = /(\*[^*\n]+\*|`[^`\n]+`|<[^<>]+>|:[a-z_]+:|\n)/;

export function Mrkdwn({ text, names }: { text: string; names: Names }) {
  return <>{text.split(MARKED).map((part) => show(part, names))}</>;
}

/** All people that a text mentions. */
export function mentionedIn(text: string): string[] {
  return [...text.matchAll(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g)].flatMap(([, id]) => (id ? [id] : []));
}

function show(part: string, names: Names): Child {
  if (part === '\n') return <br />;
  if (part.startsWith('*') && part.endsWith('*') && part.length > 2)
    return (
      <strong>
        <Mrkdwn text={part.slice(1, -1)} names={names} />
      </strong>
    );
  if (part.startsWith('`') && part.length > 1) return <code>{unescape(part.slice(1, -1))}</code>;
  if (part.startsWith('<')) return showMarked(part.slice(1, -1), names);
  const emoji = EMOJI[part];
  if (emoji)
    return (
      <span role="img" aria-label={emoji.label}>
        {emoji.sign}
      </span>
    );
  return unescaped(part);
}

function showMarked(inner: string, names: Names): Child {
  const [target = '', label] = inner.split('|');
  if (target.startsWith('@')) return names.get(target.slice(1)) ?? target;
  if (/^https?:\/\//.test(target))
    return (
      <a href={target} rel="noreferrer">
        {unescaped(label ?? target)}
      </a>
    );
  return unescaped(label ?? target);
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
