/** The arguments of a Web API call, however they were sent: form, JSON or query. */
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { SlackError } from './slack-error.ts';

export class Arguments {
  readonly values: JsonObject;

  constructor(values: JsonObject) {
    this.values = values;
  }

  /** Reads them from the request; the body is consumed. */
  static async of(request: Request): Promise<Arguments> {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    return new Arguments({ ...query, ...(await readBody(request)) });
  }

  /** A text; numbers and booleans of JSON bodies count as text. Absent or empty: undefined. */
  text(name: string): string | undefined {
    const value = this.values[name];
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** A text that must be there. */
  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) {
      throw new SlackError('invalid_arguments', [`missing required field: ${name}`]);
    }
    return value;
  }

  /** `true`, `1` and JSON true are true. */
  flag(name: string): boolean {
    return ['true', '1'].includes(this.text(name) ?? '');
  }

  /** A page size from 1 to 1000. */
  limit(fallback: number): number {
    const value = this.text('limit');
    if (value === undefined || value === '0') return fallback;
    const limit = Number(value);
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw new SlackError('invalid_limit');
    return limit;
  }

  /** A JSON value, which forms carry as a string; undefined when absent, `error` when it is not JSON. */
  json(name: string, error: string): unknown {
    const value = this.values[name];
    if (typeof value !== 'string') return value ?? undefined;
    if (value === '') return undefined;
    const parsed = parseJson(value);
    if (parsed === undefined) throw new SlackError(error);
    return parsed;
  }

  /** What the traffic log keeps: JSON fields parsed, the token left out. */
  forLog(): JsonObject {
    const logged = Object.entries(this.values).map(([name, value]) => {
      const isJson = typeof value === 'string' && /^[[{]/.test(value);
      return [name, isJson ? (parseJson(value) ?? value) : value];
    });
    const { token: _, ...rest } = Object.fromEntries(logged);
    return rest;
  }
}

async function readBody(request: Request): Promise<JsonObject> {
  const type = request.headers.get('content-type') ?? '';
  if (type.includes('multipart/form-data')) return Object.fromEntries(await request.formData());
  // Decoded by hand: workerd warns of text() on a form.
  const body = new TextDecoder().decode(await request.arrayBuffer());
  if (!type.includes('json')) return Object.fromEntries(new URLSearchParams(body));
  const parsed = parseJson(body);
  if (parsed === undefined) throw new SlackError('invalid_json');
  if (!isObject(parsed)) throw new SlackError('json_not_object');
  return parsed;
}
