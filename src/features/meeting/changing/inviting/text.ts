/** What people read when seats are added to a meeting, and taken off it. */
export const invitingText = {
  title: '招く方',
  save: '登録して知らせる',
  close: '戻る',
  choose: '選んでください',
  intro: '足した方には案内を、外した方にはその旨を、1回だけお知らせします。ほかの方には知らせません。',
  fields: {
    people: '招く職員を足す',
    centers: '招くセンターを足す',
    guests: '外部の方を足す',
    removed: '外す方・センター',
  },
  range: (label: string, first: number, last: number) => `${label}（${first}〜${last}）`,
  centersHint: 'センターから1名を招きます。どなたが出席するかは、センターで決めます。',
  guestsHint: '1行に1名、「氏名 <メールアドレス>」の形で書きます。メールで案内します。',
  guestsOnPage: '外部の方は、会議の画面から足したり外したりできます。',
  saved: (added: number, removed: number) =>
    `招く方を登録し、お知らせしました（足した方 ${added}、外した方 ${removed}）。`,
  same: '変わったところはありません。どなたにも知らせていません。',
  removed: (name: string) => `*${name}* の出席の予定から外れました。`,
  mailRemoved: (city: string, name: string) => `【${city}】${name}のご案内の取り消し`,
} as const;
