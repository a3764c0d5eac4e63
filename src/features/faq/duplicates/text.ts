/** What the core center reads where two entries look alike. */
export const duplicatesText = {
  title: '似たFAQをまとめる',
  lead: '同じことを聞いているかもしれないFAQです。新しく公開したものから探しています。統合すると、もう一方の質問は「別の聞き方」になり、承認を受けると1つになります。',
  none: '似たFAQは見つかりませんでした。',
  shown: (count: number) => `似ている順に${count}組を表示しています。`,
  keep: (reference: string) => `${reference} を残して統合する`,
  append: 'もう一方の回答を、残す回答のあとに付ける',
  distinct: '別のもの（今後は出さない）',
  answer: '回答',
  votes: (helpful: number, others: number) => `役に立った ${helpful}　役に立たなかった ${others}`,
  back: 'FAQの管理へ',
  done: { distinct: '別のものとして、今後は出さないようにしました。' },
  errors: {
    changed: 'どちらかがほかの方に変えられました。内容を確かめて、もう一度お試しください。',
    busy: 'どちらかに、下書きか、承認を待つ統合があります。先に、そちらを終わらせてください。',
    tooLong: '統合すると、質問か回答が長くなりすぎます。先に、どちらかを短くしてください。',
  },
  joined: (answer: string, other: string) => `${answer}\n\n${other}`,
} as const;
