/** What people read in the mail that brings them their own link. */
export const linkMailText = {
  isDrill: 'これは訓練です。実際の災害ではありません。',
  isActual: 'これは訓練ではありません。',
  slackIsDown: 'Slackにつながりにくくなっているため、メールでもお知らせしています。',
  asked: 'お願いしたいこと',
  openLink: '次のアドレスを開いて、ボタンを押してください。ログインはいりません。',
  button: '安否を知らせる',
  nothingByOpening: '開いただけでは、何も送られません。ボタンを押すと送られます。',
  ownOnly: 'あなた専用のアドレスです。ほかの方に転送しないでください。',
  byPhone:
    'ページが開けないときは、所属センターの管理者か、基幹型センターに電話などで知らせてください。代わりに入力できます。',
  noReply: 'このメールに返信しても、届きません。',
} as const;
