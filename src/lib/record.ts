/** Objects of unknown shape, as JSON brings them. */

/** True for an object with fields: neither null nor a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Leaves out what is null. */
export function present<Key extends string>(
  fields: Record<Key, string | null>,
): Partial<Record<Key, string>> {
  const kept: Partial<Record<Key, string>> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== null) kept[key] = value;
  }
  return kept;
}
