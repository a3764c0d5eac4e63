/**
 * Structured logs: one JSON object a line.
 * Only fixed event names, numbers, truth values and identifiers are logged, never what a person typed and never the message of
 * an error, since messages of parsers and databases may repeat the input.
 */

/** Slack ids, references, error names and codes: no spaces, no Japanese, so that free text cannot pass. */
const IDENTIFIER = /^[\w.:/@#-]{0,120}$/;

/** Whether a text may stand in logs and in the audit log's details. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

export type LogFields = Record<string, string | number | boolean | undefined>;

export function logInfo(event: string, fields: LogFields = {}): void {
  console.log(line('info', event, fields));
}

export function logWarning(event: string, fields: LogFields = {}): void {
  console.warn(line('warning', event, fields));
}

/** Logs the error's name, code and the places of its stack; its message stays out. */
export function logError(event: string, error: unknown, fields: LogFields = {}): void {
  console.error(line('error', event, { ...fields, ...describe(error) }));
}

function line(level: string, event: string, fields: LogFields): string {
  const safe: LogFields = {};
  for (const [name, value] of Object.entries(fields)) {
    safe[name] = typeof value === 'string' && !IDENTIFIER.test(value) ? '(withheld)' : value;
  }
  return JSON.stringify({ level, event, ...safe });
}

function describe(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // The stack begins with the message, which may look like anything.
  const frames = (error.stack ?? '').replace(error.message, '').split('\n');
  const places = frames.flatMap((frame) => {
    const [, name, place] = /^\s+at (?:(?:async )?([\w.$]+) \()?.*?([\w.-]+:\d+:\d+)\)?$/.exec(frame) ?? [];
    return place ? [`${name ?? ''}@${place}`.replaceAll('$', '')] : [];
  });
  const cause = error.cause instanceof Error ? error.cause.name : undefined;
  return { error: error.name, code, cause, at: places.slice(0, 2).join('/') || undefined };
}
