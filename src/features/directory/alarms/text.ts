/** What people read when a value of the record does not open. Names of keys and places, never a value. */

const GOES_ON = '鍵を使わない操作（一覧、受け付け、ヘルプなど）は、いつもどおり使えます。';
const TELL_SECURITY = '市の情報セキュリティ担当にご連絡ください。';

export const alarmText = {
  /** To whoever needed the value. */
  keyMissing: (key: string) =>
    `暗号鍵「${key}」がサーバーに設定されていないため、この記録を開けません。管理者に「暗号鍵 ${key} がない」とお知らせください。${GOES_ON}`,
  keyWrong: (key: string) =>
    `サーバーの暗号鍵「${key}」が合わないため、この記録を開けません。管理者に「暗号鍵 ${key} が合わない」とお知らせください。${GOES_ON}`,
  altered:
    '記録に、書き換えられたおそれのある値が見つかったため、開くのをやめました。管理者に知らせています。急ぐときは、電話などで確かめてください。',

  /** To the admins. */
  missingKey: (key: string, count: number) =>
    `暗号鍵「${key}」が DATA_KEYS にありません。この鍵で守られている記録${count}件を、だれも開けません。\n鍵の控えから「${key}」を DATA_KEYS の末尾に戻してください。記録そのものは失われていません。${GOES_ON}`,
  wrongKey: (key: string, count: number) =>
    `DATA_KEYS の暗号鍵「${key}」では、この鍵で守られている記録${count}件を開けません。名前が同じで中身の違う鍵になっているようです。\n鍵の控えにある「${key}」に直してください。控えと同じなら、データベースが書き換えられたおそれがあるので、${TELL_SECURITY}${GOES_ON}`,
  alteredValue: (place: string, row: string) =>
    `記録の値が1つ開けないため、表示をやめました。書き換えられたか、別の場所から移されたおそれがあります。\n場所: ${place}\n内部の番号: ${row}\n${TELL_SECURITY}データベースの写しを残してください。`,
} as const;
