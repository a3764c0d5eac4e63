/** What people read where drafts are drawn from closed cases. */
import { formatDate, japanDate } from '../../../lib/jst.ts';
import { KINDS, type Kind, TOPICS, type Topic } from '../../consultation/words.ts';

export const draftingText = {
  title: '終結した相談からFAQの下書きを作る',
  lead: '終結のときに「FAQの下書きにする」を選んだ相談です。相談の質問と回答から下書きを作ります。',
  cover:
    '氏名・住所・電話番号などと思われる部分は［氏名］のように伏せて写します。伏せきれないこともあります。個人の事情や経過は消して、どなたにも当てはまる質問と答えに書き直してください。',
  purpose: '下書きを作ることは、相談を読むことと同じに記録されます。',
  none: '下書きにする相談は、ありません。',
  columns: { case: '相談', kind: '種別', topics: '分類', closed: '終結' },
  kind: (kind: Kind) => KINDS[kind],
  topics: (topics: readonly Topic[]) => topics.map((each) => TOPICS[each]).join('、'),
  closed: (at: Date) => formatDate(japanDate(at)),
  make: '下書きを作る',
  makeOf: (reference: string) => `${reference} から下書きを作る`,
  chosen: (reference: string) => `${reference} から、FAQの下書きを作ります。`,
  caseLink: 'FAQの下書きにする',
  waiting: (count: number, isMore: boolean) => `下書きにする相談が ${count}件${isMore ? '以上' : ''}あります`,
  backToDesk: 'FAQの管理へ',
  limit: (count: number) => `新しい${count}件を出しています。`,
  refused: {
    'not-found': '見つかりません。相談の番号を確かめてください。',
    'purpose-needed': (reference: string) =>
      `${reference} の担当や協力者でない方は、先に相談の画面を開き、何のために見るかを答えてください。`,
    'not-closed': (reference: string) => `${reference} は、まだ終結していません。`,
    erased: (reference: string) => `${reference} は、保存期間が過ぎて消去されました。`,
  },
  openCase: '相談の画面を開く',
  /** On the editor's page of such a draft. */
  hint: '終結した相談から写した下書きです。［氏名］のように伏せたところを、一般的な言葉に書き直してください。個人の事情や経過は消してください。承認するのは、ほかの方です。',
  source: 'もとの相談',
  sourceHidden: 'もとの相談は、見られる方だけに番号が出ます。',
} as const;
