/** What the core center reads while it writes and approves entries. */
import { formatInstant, formatLongDate, type JapanDate, japanDate } from '../../../lib/jst.ts';
import type { FindingKind } from '../../../vault/personal-data/finding.ts';
import type { Field } from './rules.ts';
import type { Fault } from './schema.ts';

const KINDS: Readonly<Record<FindingKind, string>> = {
  phone: '電話番号',
  mail: 'メールアドレス',
  my_number: 'マイナンバー',
  insured_number: '被保険者番号',
  person_name: '氏名',
  address: '住所',
  birth_date: '生年月日',
  known_value: '相談の個人情報',
};

export const editingText = {
  newTitle: '新しいFAQ',
  title: (reference: string) => `${reference} を直す`,
  readTitle: (reference: string) => `${reference} の内容`,
  fields: {
    question: '質問',
    aliases: '別の聞き方',
    answer: '回答',
    topics: '分類',
    links: '様式・資料へのリンク',
  } satisfies Record<Field, string>,
  required: '必須',
  optional: '任意',
  visibility: '公開する範囲',
  owner: '担当',
  nobody: '（なし）',
  reviewDue: '次の確認日',
  hints: {
    aliases: '1行に1つ、20個まで。ほかの言葉で聞かれても見つかるようになります。',
    answer: '個人が分かることは書かないでください。',
    topics: '1行に1つ、または「、」で区切って、8個まで。',
    usedTopics: 'これまでの分類',
    links: '1行に1つ、「名前 アドレス」の形で入れてください。共有フォルダの様式も、アドレスで添付できます。',
    reviewDue: '空欄のときは、承認の1年後になります。',
    owner: '確認日が近づくと、お知らせが届きます。',
  },
  buttons: {
    save: '下書きを保存する',
    propose: '保存して承認を依頼する',
    drop: '下書きを取りやめる',
    approve: '承認して公開する',
    sendBack: '差し戻す',
    withdraw: '公開を終了する',
    reviewed: '内容を確認した（変更なし）',
    restore: 'この版から下書きを作る',
    erase: '本文を消去する',
    compare: '比べる',
  },
  links: {
    desk: 'FAQの管理へ',
    entry: '公開されている内容を見る',
    edit: '内容の画面へ',
    approval: '承認の画面へ',
    history: '履歴を見る',
  },
  state: {
    label: '状態',
    version: (number: number) => `第${number}版`,
    draftOf: (names: string, at: Date) => `下書き（${names}、${formatInstant(at)}）`,
    proposedBy: (name: string, at: Date) => `承認待ち（${name}、${formatInstant(at)}）`,
    editors: '書いた人',
    published: (at: Date) => `${formatLongDate(japanDate(at))}に公開`,
    reviewedOn: '確認日',
    source: '元になったもの',
    old: '1年以上確認していません',
    mergeWaits: (reference: string) => `${reference} への統合が、承認を待っています。`,
    mergedInto: (reference: string) => `${reference} に統合しました。`,
  },
  proposedHint: 'この版は承認を待っています。保存すると下書きに戻り、承認の依頼は取り消されます。',
  dropHint: '文は履歴に残ります。',
  note: '差し戻しの理由',
  noteHint: '書いた人が画面で読みます。Slackには送られません。',
  sentBack: (name: string) => `${name}さんから差し戻されました。`,
  found: {
    heading: '個人情報のような記載があります',
    lead: '【 】の箇所を確かめてください。',
    confirm: '個人情報ではありません',
    confirmHint: '事業所の電話番号など、個人のものでなければ印を付けてください。',
    covered:
      '下書きは保存しましたが、承認はまだ依頼していません。［氏名］のように伏せたところが残っています。どなたにも当てはまる言葉に書き直してください。',
    never: (kinds: string) =>
      `下書きは保存しましたが、承認はまだ依頼していません。${kinds}が書かれています。消してから、承認を依頼してください。`,
    unconfirmed: (kinds: string) =>
      `下書きは保存しましたが、承認はまだ依頼していません。${kinds}のような記載があります。書き直すか、確かめて「個人情報ではありません」に印を付けてください。`,
    kinds: (kinds: readonly FindingKind[]) => kinds.map((kind) => KINDS[kind]).join('、'),
  },
  errors: {
    of: (fault: Fault): string => {
      switch (fault.kind) {
        case 'required':
          return '入力してください。';
        case 'tooLong':
          return `${fault.max}文字までで入力してください。`;
        case 'tooMany':
          return `${fault.max}個までにしてください。`;
        case 'address':
          return 'http または https で始まるアドレスを入れてください。';
        case 'person':
          return '基幹型の職員から選んでください。';
        case 'date':
          return '明日から3年以内の日付を入れてください。';
      }
    },
    stale: 'ほかの方が先に変えました。まだ保存していません。',
    staleLead:
      'あなたの入力は下の欄に残っています。いま保存されている内容からの違いを確かめ、必要なら書き加えて、もう一度保存してください。',
    staleOther: 'いま保存されている内容',
    staleDiff: '保存されている内容と、あなたの入力の違い',
    settled: 'この版は、ほかの方がすでに承認したか、差し戻したか、書き直しました。',
    own: '自分が書いたものは承認できません。ほかの方に依頼してください。',
    version: '公開中の版が変わりました。内容を確かめて、もう一度お試しください。',
    open: '下書きがあります。先に、その下書きを取りやめるか、承認を受けてください。',
    inUse: '公開中の版と下書きの本文は消去できません。先に、公開を終了するか、下書きを取りやめてください。',
    choose: '理由を選んでください。',
  },
  done: {
    saved: '下書きを保存しました。まだ公開されていません。',
    proposed: '承認を依頼しました。承認できる方にお知らせしました。',
    dropped: '下書きを取りやめました。',
    approved: '公開しました。1分以内に検索できるようになります。',
    sentBack: '差し戻しました。書いた人にお知らせしました。',
    withdrawn: '公開を終了しました。',
    reviewed: '確認日を今日にしました。',
    restored: '以前の版から下書きを作りました。',
    erased: '本文を消去しました。',
    merging: '統合の下書きを作りました。内容を確かめて、承認を依頼してください。',
  },
  approval: {
    title: (reference: string) => `${reference} の承認`,
    none: '承認を待っている版はありません。',
    whole: '公開される内容',
    changes: '公開中の内容からの変更',
    first: '初めて公開する内容です。',
    merged: '承認すると、次のFAQはこのFAQに統合され、公開を終えます',
    same: '変更はありません。',
    reviewDue: '次の確認日',
    found: '書いた人は、個人情報ではないと確かめています。承認する方も確かめてください。',
  },
  diff: {
    added: '加わるところ',
    removed: 'なくなるところ',
    legend: 'の色が加わるところ、取り消し線がなくなるところです。',
    tooLong: '違いが多いため、前と後をそのまま並べています。',
    before: '前',
    after: '後',
    gone: '（本文は消去されました）',
  },
  history: {
    title: (reference: string) => `${reference} の履歴`,
    columns: {
      version: '版',
      state: '状態',
      who: '書いた人',
      at: '更新',
      decided: '承認した人',
      source: '元',
      do: 'できること',
    },
    erased: (at: Date) => `${formatLongDate(japanDate(at))}に本文を消去`,
    compare: '2つの版を比べる',
    from: '前の版',
    to: '後の版',
    changed: (from: number, to: number) => `第${from}版から第${to}版への変更`,
    none: '版はありません。',
    byCommand: '管理用のコマンド',
    erase: '個人情報が入っていたとき',
    eraseHint: 'この版の本文を消去します。消去した本文は戻せません。',
  },
  similar: {
    heading: '似たFAQがあります',
    compare: '比べて統合する',
  },
  ending: {
    heading: '公開と確認',
    withdrawHint: '検索に出なくなります。版は履歴に残り、あとで下書きに戻せます。',
    why: '公開を終了する理由',
    reviewedHint: '文を変えずに、確認日を今日にします。次の確認日は1年後になります。',
    choose: '選んでください',
  },
  tell: {
    proposed: (reference: string) => `${reference} の承認をお願いします。内容は画面で読めます。`,
    published: (reference: string) => `あなたが書いた ${reference} が承認され、公開されました。`,
    sentBack: (reference: string) => `あなたが書いた ${reference} が差し戻されました。理由は画面で読めます。`,
  },
  on: (date: JapanDate) => formatLongDate(date),
} as const;
