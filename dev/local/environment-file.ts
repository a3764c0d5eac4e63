/** The settings of a local Worker, as a file that wrangler reads: command line arguments are seen by everybody on the machine. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** In the state folder. */
export const ENVIRONMENT_FILE = 'worker.env';

/** The settings that the Worker takes; nothing else of this machine's environment reaches it. */
const SETTING_NAMES = [
  'SLACK_API_URL',
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_ISSUER',
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
  'PUBLIC_URL',
  'DATA_KEYS',
  'MAIL_API_URL',
  'MAIL_FROM',
  'ACCESS_TEAM_DOMAIN',
  'ACCESS_AUD',
] as const;

/** Writes them into the state folder, readable for their owner only; answers the file's path. */
export function writeEnvironmentFile(state: string, environment: Record<string, string | undefined>): string {
  const lines = SETTING_NAMES.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [`${name}=${quote(value)}`];
  });
  mkdirSync(state, { recursive: true });
  const file = path.join(state, ENVIRONMENT_FILE);
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return file;
}

/** dotenv ends a value at its quote, knows no escape for it, and puts other values in place of `$NAME` but not of `\$`. */
function quote(value: string): string {
  const mark = ["'", '`', '"'].find((each) => !value.includes(each));
  if (mark === undefined) throw new Error('a setting holds all three kinds of quotes');
  return `${mark}${value.replaceAll('$', '\\$')}${mark}`;
}
