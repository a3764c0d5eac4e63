/** All Japanese of 相談 but its controlled words (words.ts). */
export const consultationText = {
  command: '相談',
  commandSummary: '基幹型に相談する',
  menuButton: '相談する',
  cityCannotSend: '市の方は相談を送れません。',

  formTitle: '基幹型への相談',
  formSubmit: '送信',
  formClose: 'キャンセル',
  formNotice:
    '入力した内容はSlackを通って届き、暗号化して保存します。チャンネルに出るのは、番号（例: R8-0042）と、選んだ項目・センター・担当者だけです。',
  fields: {
    center: { label: '相談元の包括', hint: '電話などで受けた相談を、代わりに入力します。' },
    kind: { label: '種別' },
    urgency: { label: '緊急度' },
    topics: { label: '分類', placeholder: '当てはまるものを選ぶ（いくつでも）' },
    supports: { label: '求める支援', placeholder: '当てはまるものを選ぶ（いくつでも）' },
    desiredOn: { label: '希望回答日', placeholder: '日付を選ぶ' },
    subjectName: { label: '対象者の氏名', hint: '個別ケースでは必要です。イニシャルでもかまいません。' },
    subjectKana: { label: 'ふりがな' },
    subjectAge: { label: '年齢', placeholder: '例: 82' },
    subjectAddress: { label: '住所' },
    subjectPhone: { label: '電話番号', placeholder: '例: 0463-00-0000' },
    subjectInsuredNumber: { label: '被保険者番号', hint: '介護保険の番号（数字10桁）です。' },
    body: { label: '相談内容', hint: '3,000文字まで。状況、困っていること、これまでにしたことなど。' },
  },
  selectPlaceholder: '選ぶ',
  kindHints: {
    individual: '住民の方についての相談',
    operation: 'センターの運営や制度についての相談（個人情報なし）',
  },

  errors: {
    required: 'ここは必ず入力してください。',
    choose: 'どれか1つを選んでください。',
    chooseCenter: '相談元の包括を選んでください。',
    mayNotSend:
      'この相談は送れませんでした。名簿の所属を管理者に確かめてください。入力した内容は残っています。',
    subjectNeeded: '個別ケースでは、対象者の氏名かイニシャルを入力してください。',
    noPersonalData:
      '「運営・制度」の相談には個人情報を入れられません。空にするか、種別で「個別ケース」を選んでください。',
    past: '今日より前の日付です。今日か、それより後の日付を選んでください。',
    notDate: '日付を選んでください。',
    kana: 'ひらがなで入力してください。',
    age: '0から125までの数字で入力してください（例: 82）。',
    phone: '電話番号として確認できません。市外局番から入力してください（例: 0463-00-0000）。',
    insuredNumber: '被保険者番号は数字10桁で入力してください。',
    tooLong: (max: number, now: number) =>
      `${max.toLocaleString('ja-JP')}文字までです（いま${now.toLocaleString('ja-JP')}文字）。`,
    notSaved:
      '保存できませんでした。入力した内容は残っています。少し待ってから、もう一度「送信」を押してください。',
  },

  card: {
    summary: (reference: string, urgency: string, kind: string, center: string, status: string) =>
      `${reference} ${urgency} ${kind}（${center}） ${status}`,
    center: '相談元',
    kind: '種別',
    topics: '分類',
    supports: '求める支援',
    desiredOn: '希望回答日',
    personInCharge: '担当',
    answers: '回答',
    answerCount: (count: number) => `${count}件`,
    none: 'なし',
    notYet: '未定',
    received: (when: string) => `${when} 受信`,
    accepted: (when: string) => `${when} 受付`,
    sentBy: (center: string, person: string) => `${center}　${person}`,
  },
  accept: '受け付ける',
  read: '詳細を見る',
  answer: '回答する',
  readAnswer: '読む',

  sentToSender: (reference: string, promise: string) =>
    `相談 *${reference}* を基幹型に送りました。${promise}。`,
  acceptedToSender: (reference: string, person: string) =>
    `相談 *${reference}* を、基幹型の ${person} さんが受け付けました。`,
  answeredToSender: (reference: string) => `相談 *${reference}* に回答が1件あります。`,
  answeredInThread: (reference: string) => `回答が1件あります（${reference}）`,
  acceptedFirst: (reference: string, person: string, when: string) =>
    `${reference} は ${person} さんが先に受け付けました（${when}）。`,
  sentBefore: (reference: string) =>
    `${reference} は先に送信済みです。あとから直した内容は保存されていません。直したいことは、新しく送ってください。`,
  notFound: 'この相談は見つかりません。',
  onlyDuty: (reference: string) => `${reference} を受け付けられるのは、基幹型の受付当番か管理者です。`,
  onlyCore: (reference: string) => `${reference} に回答できるのは、基幹型の職員です。`,
  acceptFirst: (reference: string) =>
    `${reference} はまだ受付待ちです。受付当番の方が受け付けると、回答できます。`,

  detailTitle: (reference: string) => `相談 ${reference}`,
  detailClose: '閉じる',
  subject: '対象者',
  ageUnit: '歳',
  bodyTitle: '相談内容',
  answerTitle: (when: string) => `回答　${when}`,
  answerBy: (name: string) => `${name} さん`,
  olderAnswers: (count: number) => `このほかに、前の回答が${count}件あります。`,
  loggedNotice: 'この内容を見たことは記録されます。チャンネルやメールには写さないでください。',

  answerFormTitle: (reference: string) => `${reference} に回答`,
  answerFormSubmit: '回答を送る',
  answerLabel: '回答',
  answerHint: '3,000文字まで。暗号化して保存し、Slackには「回答が1件あります」とだけ出ます。',
  answerAccepts: 'この相談はまだ受付待ちです。回答を送ると、あなたが受け付けたことになります。',
} as const;
