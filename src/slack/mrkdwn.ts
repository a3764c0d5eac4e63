/** Text for Slack's mrkdwn. */

/** Without this, `<!channel>` and `<@U…>` that somebody typed would ring (https://docs.slack.dev/messaging/formatting-message-text#escaping). */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function mention(slackUserId: string): string {
  return `<@${slackUserId}>`;
}

/** A link of mrkdwn; an address that is none is shown as the label alone. */
export function linkTo(url: string, label: string): string {
  const { href } = URL.parse(url) ?? {};
  if (href === undefined) return escapeMrkdwn(label);
  // What would end the link, or begin another one.
  const safe = href.replaceAll(/[<>|]/g, encodeURIComponent);
  return `<${safe}|${escapeMrkdwn(label).replaceAll('|', '｜')}>`;
}

/** `<@U…>`, `<#C…|name>`, `<!here>`, `<https://…|label>`, `<tel:…|label>`: what Slack puts in angle brackets. */
const MARKED = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;

/**
 * What a person wrote, as people read it: mentions as names, links as what they show, nothing escaped.
 * @param nameOf the name behind a Slack id; undefined for whom nobody knows
 */
export function readMrkdwn(text: string, nameOf: (slackUserId: string) => string | undefined): string {
  const words = text.replaceAll(MARKED, (_, mark: string, target: string, label: string | undefined) => {
    if (mark === '@') return `@${nameOf(target) ?? (label || target)}`;
    if (mark !== '') return `${mark === '#' ? '#' : '@'}${label || target}`;
    return label || target;
  });
  return words.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
