/** Text for Slack's mrkdwn. */

/** Without this, `<!channel>` and `<@U…>` that somebody typed would ring (https://docs.slack.dev/messaging/formatting-message-text#escaping). */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function mention(slackUserId: string): string {
  return `<@${slackUserId}>`;
}
