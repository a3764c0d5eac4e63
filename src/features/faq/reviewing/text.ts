/** What owners of entries hear. */
const naming = (references: readonly string[], count: number) =>
  count > references.length ? `${references.join('、')} ほか` : references.join('、');

export const reviewingText = {
  /** @param references some of them */
  soon: (references: readonly string[], count: number) =>
    `FAQの確認の日が近づいています（${count}件：${naming(references, count)}）。内容が今も正しいか確かめてください。`,
  due: (references: readonly string[], count: number) =>
    `FAQの確認の日になりました（${count}件：${naming(references, count)}）。内容が今も正しいか確かめてください。`,
} as const;
