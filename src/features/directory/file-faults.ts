/** What keeps a file of the city from being loaded: told with its place, all of it, once. */
import type * as v from 'valibot';
import { isRecord } from '../../lib/record.ts';
import { directoryText as text } from './text.ts';

export interface FileFault {
  /** As `staff[3].center`. */
  path: string;
  problem: string;
}

type Issue = v.BaseIssue<unknown>;

/** What valibot found. */
export function faultsOf(issues: readonly Issue[] | undefined): FileFault[] {
  return issues?.map((issue) => ({ path: pathOf(issue), problem: problemOf(issue) })) ?? [];
}

/** Every field that does not belong where it stands; valibot stops at the first. */
export function unknownFieldsIn(
  places: readonly (readonly [path: string, value: unknown, known: object])[],
): FileFault[] {
  return places.flatMap(([path, value, known]) => {
    const unknown = isRecord(value) ? Object.keys(value).filter((field) => !Object.hasOwn(known, field)) : [];
    return unknown.map((field) => ({ path: `${path}${field}`, problem: text.unknownField }));
  });
}

/** What stands twice among the items of a list. @param pathOfItem the place of the item's field */
export function doubledIn(
  items: readonly unknown[],
  field: string,
  pathOfItem: (index: number) => string,
): FileFault[] {
  const seen = new Set<string>();
  return textsIn(items, field).flatMap((value, i) => {
    if (value === undefined) return [];
    const isDouble = seen.has(value);
    seen.add(value);
    return isDouble ? [{ path: pathOfItem(i), problem: text.doubled }] : [];
  });
}

/** One field of each item; undefined where it is no text. */
export function textsIn(items: readonly unknown[], field: string): (string | undefined)[] {
  return items.map((item) => {
    const value = isRecord(item) ? item[field] : undefined;
    return typeof value === 'string' ? value.trim() : undefined;
  });
}

/** A list of a file as it came; empty where there is none. */
export function itemsOf(file: unknown, list: string): unknown[] {
  const items = isRecord(file) ? file[list] : undefined;
  return Array.isArray(items) ? items : [];
}

export function uniqueByPath(faults: readonly FileFault[]): FileFault[] {
  return [...new Map(faults.toReversed().map((fault) => [fault.path, fault])).values()].toReversed();
}

function pathOf(issue: Issue): string {
  const path = (issue.path ?? [])
    .map((item) => (typeof item.key === 'number' ? `[${item.key}]` : `.${String(item.key)}`))
    .join('');
  return path.replace(/^\./, '') || '(file)';
}

function problemOf(issue: Issue): string {
  const isUnknown = issue.type === 'strict_object' && issue.expected === 'never';
  if (isUnknown) return text.unknownField;
  if (issue.input === undefined) return text.missing;
  if (issue.type === 'strict_object') return text.notObject;
  return issue.type === 'array' ? text.notList : issue.message;
}
