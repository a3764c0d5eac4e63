/** What the admins read of mail that does not arrive. */

const ERRORS = new Map([
  ['timeout', 'メールのサービスが応答しません'],
  ['unreachable', 'メールのサービスにつながりません'],
  ['http_401', 'メールのサービスが、kikanからの送信を認めていません'],
  ['http_403', 'メールのサービスが、kikanからの送信を認めていません'],
  ['http_429', 'メールのサービスが、送りすぎとして断っています'],
  ['E_SENDER_NOT_VERIFIED', '差出人（MAIL_FROM）のドメインが、Cloudflareで確認されていません'],
  ['E_SENDER_DOMAIN_NOT_AVAILABLE', '差出人（MAIL_FROM）のドメインが、Cloudflareに登録されていません'],
  ['E_RECIPIENT_NOT_ALLOWED', 'その宛先への送信が、Cloudflareの設定で許されていません'],
  ['E_RECIPIENT_SUPPRESSED', 'その宛先には、以前のメールが届かなかったため、送信が止められています'],
  ['E_DELIVERY_FAILED', '宛先のメールサーバーが受け取りません'],
  ['E_RATE_LIMIT_EXCEEDED', 'メールのサービスが、送りすぎとして断っています'],
  ['E_DAILY_LIMIT_EXCEEDED', '1日に送れる数を超えています'],
]);

export const mailText = {
  givenUp: (count: number, references: string, reasons: string) =>
    `メール${count}通を送れませんでした。自動では送られません。\n理由: ${reasons}\n${references ? `関係する番号: ${references}\n` : ''}電話など、ほかの方法でお知らせください。`,
  notSetUp: (count: number) =>
    `メールを送る設定がないため、${count}通が送られずに待っています。\nサーバーの担当の方に、MAIL_API_URL、または send_email（EMAIL）と MAIL_FROM の設定を依頼してください。設定されると、自動で送られます。`,
  /** A word that is not here is shown as it is, for whoever looks it up. */
  error: (word: string) => ERRORS.get(word) ?? `メールのサービスの応答 ${word}`,
} as const;
