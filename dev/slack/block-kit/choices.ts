/** The choices that an element offers, and whether its initial ones are among them. */
import { isObject, type JsonObject, objectsOf } from '../json.ts';

/** Every choice of a menu, groups included. */
export function choicesOf(element: JsonObject): JsonObject[] {
  const grouped = objectsOf(element.option_groups).flatMap((group) => objectsOf(group.options));
  return [...objectsOf(element.options), ...grouped];
}

function isAmong(choice: unknown, element: JsonObject): boolean {
  const plainOf = (value: JsonObject) =>
    JSON.stringify([value.value, isObject(value.text) && value.text.text]);
  return isObject(choice) && choicesOf(element).some((one) => plainOf(one) === plainOf(choice));
}

/** Whether every initial choice is among the choices. */
export const knowsInitial = (element: JsonObject) =>
  [element.initial_option ?? [], element.initial_options ?? []].flat().every((one) => isAmong(one, element));

/** Said when it is not. */
export const UNKNOWN_INITIAL = 'initial options must match one of the options';

/** Whether the choices are given in one way: as a list or in groups. */
export const hasOneList = (element: JsonObject) =>
  (element.options === undefined) !== (element.option_groups === undefined);

/** Said when they are not. */
export const TWO_LISTS = 'must define either options or option_groups';
