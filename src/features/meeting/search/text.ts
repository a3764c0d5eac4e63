/** What people read when they look for minutes. */
export const searchText = {
  title: '議事録を探す',
  lead: 'あなたが読める会議の議事録、決まったこと、約束、議題から探します。空白で区切ると、すべての言葉を含む会議を探します。',
  field: '探す言葉',
  submit: '探す',
  empty: '探す言葉を入力してください。',
  none: '見つかりませんでした。',
  found: (count: number) => `${count}件の会議で見つかりました。`,
  more: (count: number) => `新しいものから${count}件を示しています。言葉を足すと絞り込めます。`,
  cut: (count: number) => `新しい${count}件の会議から探しました。それより古い会議は探していません。`,
  where: { minutes: '議事録', decisions: '決まったこと', promise: '約束', agenda: '議題', meeting: '会議' },
  read: '議事録を読む',
  back: '会議の一覧へ',
  inChat: '議事録は、画面で探せます。',
} as const;
