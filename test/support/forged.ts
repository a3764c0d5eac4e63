/** Forms of pages that no page of ours offered: any callback id, any metadata, any fields. */
import type { Answered, Visitor } from './visitor.ts';

/** By block id; a list for a block of boxes. */
export type ForgedValues = Readonly<Record<string, string | readonly string[]>>;

/** The id of a shown form: made for each one. */
export function newViewId(): string {
  return `web-${(crypto.randomUUID() + crypto.randomUUID()).replaceAll('-', '').slice(0, 43)}`;
}

/** The hidden `view` of a form with these inputs, as a page would bring it back. */
export function forgedView(callbackId: string, metadata: string, values: ForgedValues = {}): string {
  return JSON.stringify({
    callback_id: callbackId,
    private_metadata: metadata,
    title: { text: '偽' },
    submit: { text: '送る' },
    blocks: Object.entries(values).map(([field, value]) => ({
      type: 'input',
      block_id: field,
      label: { text: field },
      element:
        typeof value === 'string'
          ? { type: 'plain_text_input', action_id: 'input', multiline: true }
          : { type: 'checkboxes', action_id: 'input', options: [] },
    })),
  });
}

/** Sends a form of one's own making. */
export function submitForged(
  visitor: Visitor,
  callbackId: string,
  metadata: string,
  { values = {}, viewId = newViewId() }: { values?: ForgedValues; viewId?: string } = {},
): Promise<Answered> {
  const typed = Object.entries(values).flatMap(([field, value]) =>
    [value].flat().map((each) => [`field:${field}`, each] as const),
  );
  return visitor.post('/modal/submit', [
    ['view', forgedView(callbackId, metadata, values)],
    ['view_id', viewId],
    ['back', '/'],
    ...typed,
  ]);
}

/** Presses a button of one's own making, in a form of one's own making. */
export function pressForged(
  visitor: Visitor,
  actionId: string,
  value: string,
  metadata: string,
): Promise<Answered> {
  return visitor.post('/modal/press', [
    ['view', forgedView('consultation.answer', metadata)],
    ['view_id', newViewId()],
    ['press', `${actionId} ${value}`],
  ]);
}
