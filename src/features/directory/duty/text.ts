/** What people read of the duty of the core center. */
export const dutyText = {
  label: '受付当番',
  summary: '新しい相談を受け付ける職員を決めます。',
  current: (names: string) => `いまの受付当番: ${names}`,
  nobody: 'いません（管理者が受け付けます）',
  field: '受付当番の方',
  hint: '選んだ方が新しい相談を受け付けます。受付の期限が近づくと、知らせが届きます。管理者は、当番でなくても受け付けられます。',
  choose: '選んでください',
  errors: {
    notAllowed: '受付当番は、基幹型の管理者だけが変更できます。',
    notOfCenter: '基幹型の職員でない方が含まれています。画面を開き直してください。',
    nobodyLeft: '受付当番か管理者が、1人は必要です。',
  },
  begins: (by: string) =>
    `${by}さんの設定により、受付当番になりました。新しい相談を受け付けてください。受付の期限が近づくと、お知らせします。`,
  ends: (by: string) => `${by}さんの設定により、受付当番から外れました。`,
} as const;
