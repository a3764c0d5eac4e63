/** The options of every kind of select, and how Slack writes what was picked. */
import { isJson, type Json, labelAt, objectAt, objectsAt, textAt } from './json.ts';
import { plain } from './mrkdwn.tsx';
import { officeOf } from './people.tsx';
import { directory } from './store.ts';
import { text } from './text.ts';

export interface Choice {
  value: string;
  label: string;
  /** What stands in the value that goes to the app: the option object, or an id. */
  raw: unknown;
}
export interface ChoiceGroup {
  /** '' for the options outside any group. */
  label: string;
  choices: Choice[];
}

const PICKED_KEY: Record<string, string> = {
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  overflow: 'selected_option',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  checkboxes: 'selected_options',
  multi_static_select: 'selected_options',
  multi_external_select: 'selected_options',
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
};

const pickedKey = (element: Json) => PICKED_KEY[textAt(element, 'type')] ?? 'selected_option';

/** An option object as a choice. */
export function choiceOf(option: Json): Choice {
  const description = labelAt(option, 'description');
  const label = plain(labelAt(option, 'text') + (description ? ` — ${description}` : ''));
  return { value: textAt(option, 'value'), label, raw: option };
}

/** Everything that can be picked in a select, in the app's groups, or the people by office. */
export function choiceGroups(element: Json): ChoiceGroup[] {
  const type = textAt(element, 'type');
  if (type.endsWith('users_select')) return peopleByOffice();
  if (type.endsWith('conversations_select') || type.endsWith('channels_select'))
    return conversationChoices(type);
  const groups = objectsAt(element, 'option_groups').map((group) => ({
    label: plain(labelAt(group, 'label')),
    choices: objectsAt(group, 'options').map(choiceOf),
  }));
  return groups.length ? groups : [{ label: '', choices: objectsAt(element, 'options').map(choiceOf) }];
}

function peopleByOffice(): ChoiceGroup[] {
  const groups = Map.groupBy(directory().people, officeOf);
  return [...groups].map(([label, people]) => ({
    label,
    choices: people.map(({ id, name }) => ({ value: id, label: name, raw: id })),
  }));
}

function conversationChoices(type: string): ChoiceGroup[] {
  const takesApps = type.endsWith('conversations_select');
  const choices = directory()
    .conversations.filter(({ kind }) => takesApps || kind === 'channel')
    .map(({ id, name, kind }) => ({ value: id, label: kind === 'app' ? name : `#${name}`, raw: id }));
  return [{ label: '', choices }];
}

/** The values that are picked in a value object. */
export function pickedValues(element: Json, value: Json): string[] {
  const picked = value[pickedKey(element)];
  const list = Array.isArray(picked) ? picked : [picked];
  return list
    .map((item) => (isJson(item) ? textAt(item, 'value') : item))
    .filter((item) => typeof item === 'string');
}

/** The value object for one choice, or for none. */
export const pickOne = (element: Json, choice: Choice | undefined): Json => ({
  type: textAt(element, 'type'),
  [pickedKey(element)]: choice?.raw ?? null,
});

/** The value object for the choices of a multi select or of checkboxes. */
export const pickMany = (element: Json, choices: Choice[]): Json => ({
  type: textAt(element, 'type'),
  [pickedKey(element)]: choices.map((choice) => choice.raw),
});

/** The placeholder of an element, or the usual one. */
export const placeholderOf = (element: Json): string =>
  plain(textAt(objectAt(element, 'placeholder'), 'text')) || text.choose;
