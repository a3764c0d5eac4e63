/** The Worker's settings: read once, checked whole, refused with the name of each setting that is wrong. */
import * as v from 'valibot';
import { fromBase64 } from './bytes.ts';

/** AES-256. */
const KEY_BYTES = 32;

export interface DataKey {
  id: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const required = v.pipe(v.string('missing'), v.trim(), v.minLength(1, 'missing'));
const url = v.pipe(required, v.url('not a URL'), v.regex(/^https?:\/\//, 'not an http(s) URL'));
const optionalText = v.optional(
  v.pipe(
    v.string('not a text'),
    v.trim(),
    v.transform((text) => text || undefined),
  ),
);

const SettingsSchema = v.pipe(
  v.object({
    SLACK_API_URL: v.pipe(
      v.optional(url, 'https://slack.com/api/'),
      v.transform((text) => (text.endsWith('/') ? text : `${text}/`)),
    ),
    SLACK_BOT_TOKEN: v.pipe(required, v.startsWith('xoxb-', 'not a bot token (xoxb-…)')),
    SLACK_SIGNING_SECRET: v.pipe(required, v.minLength(8, 'too short')),
    SLACK_ISSUER: v.optional(url, 'https://slack.com'),
    SLACK_CLIENT_ID: optionalText,
    SLACK_CLIENT_SECRET: optionalText,
    PUBLIC_URL: url,
    DATA_KEYS: v.pipe(
      required,
      v.rawTransform(({ dataset, addIssue, NEVER }) => {
        const keys = parseDataKeys(dataset.value);
        if (typeof keys === 'string') {
          addIssue({ message: keys });
          return NEVER;
        }
        return keys;
      }),
    ),
    MAIL_API_URL: v.optional(url),
    /** `kikan@minato.example.jp`: the sender of mail that goes through `send_email`. */
    MAIL_FROM: v.optional(v.pipe(required, v.email('not a mail address'))),
    /** `team.cloudflareaccess.com` */
    ACCESS_TEAM_DOMAIN: v.optional(v.pipe(required, v.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'not a domain'))),
    ACCESS_AUD: optionalText,
  }),
  v.forward(
    v.check(
      (settings) => (settings.SLACK_CLIENT_ID === undefined) === (settings.SLACK_CLIENT_SECRET === undefined),
      'SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together',
    ),
    ['SLACK_CLIENT_SECRET'],
  ),
  v.forward(
    v.check(
      (settings) => (settings.ACCESS_TEAM_DOMAIN === undefined) === (settings.ACCESS_AUD === undefined),
      'ACCESS_TEAM_DOMAIN and ACCESS_AUD go together',
    ),
    ['ACCESS_AUD'],
  ),
);

export type Settings = v.InferOutput<typeof SettingsSchema>;

/** One setting that keeps the Worker from serving; `problem` never repeats the value. */
export interface SettingFault {
  setting: string;
  problem: string;
}

/** Thrown on the first use of a Worker whose settings are wrong: it then serves nothing but this fact. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[]) {
    super(faults.map(({ setting, problem }) => `${setting}: ${problem}`).join('; '));
    this.faults = faults;
  }
}

/**
 * Reads the settings from the Worker's bindings or from a process environment.
 * @throws {SettingsError} naming each setting that is missing or malformed
 */
export function parseSettings(source: object): Settings {
  const parsed = v.safeParse(SettingsSchema, source);
  if (parsed.success) return parsed.output;
  throw new SettingsError(
    parsed.issues.map((issue) => ({
      setting: v.getDotPath(issue) ?? 'settings',
      problem: issue.input === undefined ? 'missing' : issue.message,
    })),
  );
}

/** `id:base64` items, separated by commas or white space; the first one seals, all of them open. Answers the fault as text. */
export function parseDataKeys(text: string): DataKey[] | string {
  const keys: DataKey[] = [];
  for (const item of text.split(/[\s,]+/).filter(Boolean)) {
    const match = /^([a-z0-9_-]{1,32}):([A-Za-z0-9+/_=-]+)$/.exec(item);
    const [, id, encoded] = match ?? [];
    if (!id || !encoded) return 'not of the form id:base64,id:base64';
    const bytes = decodeKey(encoded);
    if (bytes?.length !== KEY_BYTES) return `key ${id} is not ${KEY_BYTES} bytes of base64`;
    if (keys.some((key) => key.id === id)) return `key id ${id} stands twice`;
    keys.push({ id, bytes });
  }
  return keys.length > 0 ? keys : 'missing';
}

function decodeKey(encoded: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return fromBase64(encoded);
  } catch {
    return undefined;
  }
}
