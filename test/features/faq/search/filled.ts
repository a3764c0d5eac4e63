/** An index with a few entries, for the tests of the search. */
// Loads the Worker, which may take longer than the hook that resets the storage is given.
import 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { type Asked, searchFaq } from '../../../../src/features/faq/search/data.ts';
import type { SearchableEntry } from '../../../../src/features/faq/search/rules.ts';
import { type FaqIndex, openFaqIndex, rebuildIndex } from '../../../../src/features/faq/search/store.ts';
import { noteOpened } from '../../../support/closing.ts';

export function entryOf(
  id: string,
  content: Partial<SearchableEntry> & { question: string },
): SearchableEntry {
  return {
    id,
    externalId: null,
    aliases: [],
    answer: '',
    topics: [],
    isCoreOnly: false,
    learnt: [],
    ...content,
  };
}

export const ENTRIES: readonly SearchableEntry[] = [
  entryOf('abuse', {
    externalId: '7',
    question: '高齢者虐待の疑いに関する通報を受けた場合の初動対応を教えてください。',
    answer: '受付票を作り、当日のうちにコアメンバー会議を開きます。',
    topics: ['高齢者虐待'],
  }),
  entryOf('renewal', {
    question: '要介護認定の更新の申請はいつからできますか。',
    answer: '有効期間が終わる60日前から、介護保険課へ申請書を出します。',
  }),
  entryOf('alone', {
    question: '独居の方の鍵が開かないとき、どうすればよいですか。',
    answer: '応答がないときは警察と消防に連絡し、立ち会いのもとで鍵を開けます。',
  }),
  entryOf('manager', {
    question: '介護支援専門員を替えたいと言われたら、どう答えますか。',
    answer: '居宅介護支援事業所の一覧をお渡しし、本人が選べるようにします。',
  }),
  entryOf('welfare', {
    question: '生活保護の申請に同行するときの持ち物は何ですか。',
    answer: '通帳と年金の通知を持参します。住民票は要りません。',
  }),
  entryOf('neglect', {
    question: 'セルフネグレクトの方には、どう関わりますか。',
    answer: '支援を拒否されても、間を空けずに訪問します。',
  }),
  entryOf('core', {
    question: '基幹型が前方支援に入る基準は何ですか。',
    answer: '虐待の通報が重なったときなどに、ケースを引き上げます。',
    isCoreOnly: true,
  }),
];

export const GROUPS: readonly (readonly string[])[] = [
  ['介護支援専門員', 'ケアマネジャー', 'ケアマネ'],
  ['地域包括支援センター', '包括'],
  ['生活保護', '生保'],
];

export async function filledIndex(
  entries: readonly SearchableEntry[] = ENTRIES,
  groups: readonly (readonly string[])[] = GROUPS,
): Promise<FaqIndex> {
  noteOpened();
  const index = openFaqIndex(env.FAQ_INDEX);
  await rebuildIndex(index, [entries], groups);
  return index;
}

/** Ids, best first. */
export async function idsFor(index: FaqIndex, text: string, asked: Partial<Asked> = {}): Promise<string[]> {
  const hits = await searchFaq(index, { text, limit: 50, mayReadCoreOnly: false, ...asked });
  return hits.map(({ id }) => id);
}
