/** What people read about taking their meetings into a calendar of their own. */
export const calendarText = {
  calendarName: (city: string) => `${city} 会議`,
  notFound: 'not found',
  title: 'カレンダーに取り込む',
  close: '閉じる',
  back: '会議の一覧へ',
  intro:
    'あなたが参加する会議を、ふだんお使いのカレンダー（Google、Outlook、iPhoneなど）に表示できます。日時の変更や中止も、カレンダーに反映されます。',
  none: 'まだアドレスを作っていません。',
  since: (at: string) => `アドレスは${at}に作られています。安全のため、もう一度表示することはできません。`,
  fetched: (at: string) => `最後に読み込まれたのは${at}ごろです。`,
  neverFetched: 'まだどのカレンダーからも読み込まれていません。',
  make: 'アドレスを作る',
  makeNew: '新しいアドレスに替える',
  makeNewQuestion: 'いまのアドレスは使えなくなります。カレンダーへの登録もやり直しになります。',
  revoke: 'アドレスを止める',
  revokeQuestion: 'カレンダーに会議が表示されなくなります。',
  confirmTitle: 'よろしいですか？',
  confirmYes: 'はい',
  confirmNo: 'やめる',
  made: 'アドレスを作りました。*表示されるのはこの1回だけです。* いまカレンダーに登録してください。',
  howTo: [
    '*Google・Outlook*　パソコンで、Googleは「他のカレンダー」の＋から「URLで追加」、Outlookは「予定表を追加」から「Webから登録」を選び、https:// のアドレスを貼り付けます。',
    '*iPhone・Mac*　webcal: のアドレスをSafariで開き、「照会」を押します。',
  ],
  what: '載るのは会議の名前・日時・場所・オンラインのアドレスです。参加する方だけに見えている会議は、会議体の名前と日時だけが載ります。方の名前は載りません。反映には、カレンダーによって数時間かかることがあります。',
  secret:
    'このアドレスを知っている人は、誰でもあなたの会議の予定を見られます。ほかの方に渡さず、知られたときは新しいアドレスに替えてください。',
  revoked: 'アドレスを止めました。',
  overtaken: 'すでに新しいアドレスが作られたか、止められています。画面を開き直してください。',
} as const;
