/** A consultation on its way, for tests that begin where another one ends. */
import type { Message } from '../../dev/slack/client-api.ts';
import type { House } from './house.ts';
import { CHANNELS, PEOPLE } from './small-city.ts';

export type Fields = Record<string, string | string[] | null>;

export const CASE: Fields = {
  種別: '個別ケース',
  緊急度: '至急',
  分類: ['高齢者虐待', '認知症'],
  求める支援: ['同行訪問'],
  対象者の氏名: '髙﨑 𠮷子',
  ふりがな: 'たかさき よしこ',
  年齢: '82',
  住所: 'みどり市北町一丁目2-3 コーポ若葉201',
  電話番号: '0463-21-9988',
  被保険者番号: '0001234567',
  相談内容: '夜に大きな声がすると近所の方から話がありました。',
};

/** Opens the form for a person, as `/kikan 相談` does. */
export async function openForm({ slack }: House, person: string = PEOPLE.hanako) {
  const somebody = slack.as(person);
  await somebody.slash('相談', { channel: CHANNELS.general });
  await slack.waitFor(() => somebody.modal, { what: 'the form' });
  return somebody;
}

/** A consultation of 佐藤 花子 (東), with its cards posted. */
export async function sendConsultation(house: House, fields: Fields = {}) {
  const hanako = await openForm(house);
  const sent = await hanako.fillAndSubmit({ ...CASE, ...fields });
  if (sent.errors) throw new Error(JSON.stringify(sent.errors));
  await house.delivered();
  return {
    hanako,
    card: () => cardIn(house, CHANNELS.triage),
    centerCard: () => cardIn(house, CHANNELS.east),
  };
}

/** The newest card of a channel as it is now. */
export function cardIn({ slack }: House, channel: string): Message {
  const card = slack.messages(channel).at(-1);
  if (!card) throw new Error(`no card in ${channel}`);
  return card;
}

/** All text of a message, as a person reads it. */
export function readable(message: Message): string {
  const words: string[] = [message.text];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value))
        key === 'text' && typeof inner === 'string' ? words.push(inner) : walk(inner);
    }
  };
  walk(message.blocks);
  return words.join('\n');
}

/** What can be pressed on a message. */
export function buttonsOf(message: Message): string[] {
  return (message.blocks ?? []).flatMap((block) => {
    if (
      typeof block !== 'object' ||
      block === null ||
      !('elements' in block) ||
      !Array.isArray(block.elements)
    )
      return [];
    return block.elements.flatMap((element) =>
      element?.type === 'button' ? [String(element.text.text)] : [],
    );
  });
}
