/** What people read of the printed card of a center: on paper, on the page where it is made, and where it leads. */
import { formatInstant } from '../../../../lib/jst.ts';

export const cardText = {
  title: '災害時の案内カード',
  titleOf: (center: string) => `災害時の案内カード（${center}）`,
  lead: 'Slackもメールも使えないときに、センターの方の安否を知らせるためのカードです。A4の紙1枚に印刷し、事務所の見える所と、持ち出し袋に入れてください。',
  list: 'センター',
  none: 'まだ作っていません。',
  make: 'カードを作る',
  renew: '新しいカードに替える',
  renewQuestion:
    '新しくすると、いままでのカードは使えなくなります。暗証番号を知る必要のない人に知られたときや、カードをなくしたときに替えてください。',
  madeAt: (at: Date, by: string) => `${formatInstant(at)} ${by}さんが作成しました。`,
  print: 'ブラウザーの印刷で、A4縦1枚に印刷できます。',
  back: '点呼・訓練へ',
  sheet: {
    heading: '災害のとき、安否を知らせてください',
    qr: '安否を知らせるページのQRコード',
    pin: '暗証番号',
    steps: [
      'スマートフォンのカメラで、上のQRコードを読み取ります。',
      '暗証番号6桁を入れます。',
      '自分の名前を選び、「無事」などを選んで「送る」を押します。',
      '来られない方、連絡のつかない方の分は、代わりに入力できます。',
    ],
    offline: '電波がないときは、ページを開いたままにしてください。電波が戻ると、自動で送られます。',
    never: '点呼や訓練が行われていないときは、何も入力できません。',
    keep: 'このカードは、センターの職員だけが見られる所に置いてください。',
    address: 'QRコードを読み取れないとき:',
  },
  page: {
    title: '安否を知らせる',
    center: (name: string) => `${name}の案内カードのページです。`,
    pin: '暗証番号（6桁）',
    open: '開く',
    wrong: '暗証番号が違います。カードを確かめて、もう一度入れてください。',
    locked: '暗証番号が続けて違いました。10分たってから、もう一度開いてください。',
    nothingRuns: 'いま行われている点呼や訓練はありません。',
    by: '入力している方',
    bySelf: '本人',
    byOther: '代わりの方',
    savedOwn: (name: string) => `${name}さんの回答を受け付けました。`,
    passOver: '時間がたちました。もう一度、暗証番号を入れてください。',
  },
} as const;
