/** Guards for JSON that the app under test wrote: nothing about its shape is taken on trust. */

export type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object under `key`, or an empty one. */
export function objectAt(source: Json, key: string): Json {
  const value = source[key];
  return isJson(value) ? value : {};
}

/** The objects in the list under `key`; whatever else is in it is left out. */
export function objectsAt(source: Json, key: string): Json[] {
  const value = source[key];
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** The strings in the list under `key`. */
export function stringsAt(source: Json, key: string): string[] {
  const value = source[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The string or number under `key` as a string, or ''. */
export function textAt(source: Json, key: string): string {
  const value = source[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** The number under `key`; Slack also takes numbers written as strings (min_value). */
export function numberAt(source: Json, key: string): number | undefined {
  const value = source[key];
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** What a text object under `key` says, without its markup being read. */
export const labelAt = (source: Json, key: string): string => textAt(objectAt(source, key), 'text');
