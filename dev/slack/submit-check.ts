/** What Slack's own client checks before a modal is sent: required inputs, lengths, formats. */
import type { ViewState } from './client-api.ts';
import { isObject, type JsonObject, objectOf, objectsOf, stringOf } from './json.ts';
import { STATEFUL } from './view-state.ts';

const REQUIRED = 'この項目は必須です。入力してください。';

/** block_id → sentence for the person; empty when the modal may be sent. */
export function clientErrors(view: JsonObject, state: ViewState): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of objectsOf(view.blocks)) {
    if (block.type !== 'input') continue;
    const element = objectOf(block.element);
    const blockId = stringOf(block.block_id);
    const held = state[blockId]?.[stringOf(element.action_id)] ?? {};
    const error = inputError(element, held, block.optional === true);
    if (error !== undefined) errors[blockId] = error;
  }
  return errors;
}

function inputError(element: JsonObject, held: JsonObject, isOptional: boolean): string | undefined {
  const value = held[STATEFUL[stringOf(element.type)]?.key ?? 'value'];
  if (isBlank(value)) return isOptional ? undefined : REQUIRED;
  if (Array.isArray(value)) return countError(element, value.length);
  const check = FORMATS[stringOf(element.type)];
  return typeof value === 'string' ? check?.(value, element) : undefined;
}

function isBlank(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'string') return value.trim() === '';
  if (isObject(value) && value.type === 'rich_text') return objectsOf(value.elements).length === 0;
  return value === null || value === undefined;
}

function countError(element: JsonObject, count: number): string | undefined {
  const most = element.max_selected_items;
  return typeof most === 'number' && count > most ? `選べるのは${most}個までです。` : undefined;
}

const FORMATS: Record<string, (value: string, element: JsonObject) => string | undefined> = {
  plain_text_input: (value, { min_length: least, max_length: most = 3000 }) => {
    if (typeof least === 'number' && value.length < least) return `${least}文字以上で入力してください。`;
    if (typeof most === 'number' && value.length > most) return `${most}文字以内で入力してください。`;
    return undefined;
  },
  number_input: (value, { is_decimal_allowed, min_value, max_value }) => {
    const number = Number(value);
    if (Number.isNaN(number)) return '数字を入力してください。';
    if (is_decimal_allowed !== true && !Number.isInteger(number)) return '整数を入力してください。';
    if (min_value !== undefined && number < Number(min_value))
      return `${min_value}以上の数字を入力してください。`;
    if (max_value !== undefined && number > Number(max_value))
      return `${max_value}以下の数字を入力してください。`;
    return undefined;
  },
  email_text_input: (value) =>
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? undefined : 'メールアドレスの形で入力してください。',
  url_text_input: (value) => (/^https?:\/\/\S+$/.test(value) ? undefined : 'URLの形で入力してください。'),
  datepicker: (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? undefined : '日付を選んでください。'),
  timepicker: (value) => (/^\d{2}:\d{2}$/.test(value) ? undefined : '時刻を選んでください。'),
};
