/** The Japanese that all of 相談 shares; controlled words stand in words.ts, what one step says in the text.ts of its folder. */
import type { Operation } from './operating/words.ts';

/** As buttons and menus name them. */
export const OPERATION_LABELS: Record<Operation, string> = {
  accept: '受け付ける',
  decline: '受付不可にする',
  withdraw: '取り下げる',
  reclassify: '緊急度・分類を直す',
  comment: '追記する',
  claim: '担当になる',
  release: '担当を外れる',
  assign: '担当を決める',
  confirm_assignment: '担当を引き受ける',
  refuse_assignment: '引き受けられない',
  answer: '回答する',
  ask: '相談元に質問する',
  reply: '質問に答える',
  wait: '回答待ちにする',
  resume: '対応を再開する',
  record: '活動を記録する',
  offer: '引継ぎを申し込む',
  accept_offer: '承諾する',
  refuse_offer: '承諾しない',
  revoke_offer: '申込を取り消す',
  propose_closing: '終結を提案する',
  confirm_closing: '終結を確認する',
  object_closing: 'まだ終結しない',
  reopen: '再開する',
  rate: '評価する',
  merge: 'ほかの相談に統合する',
  unmerge: '統合を取り消す',
  link: '関連する相談をつなぐ',
  restrict: '閲覧を限定する',
  unrestrict: '閲覧の限定を解く',
  name_members: '協力者を決める',
  snooze: '期限を延ばす',
  share: '共有の案を作る',
  settle_sharing: '共有の案を確認する',
};

/** What somebody did, as a sentence goes on after their name. */
export const OPERATION_DONE: Record<Operation | 'submit', string> = {
  submit: '送信しました',
  accept: '受け付けました',
  decline: '受付不可にしました',
  withdraw: '取り下げました',
  reclassify: '緊急度・分類を直しました',
  comment: '追記しました',
  claim: '担当になりました',
  release: '担当を外れました',
  assign: '担当を頼みました',
  confirm_assignment: '担当を引き受けました',
  refuse_assignment: '担当を引き受けませんでした',
  answer: '回答しました',
  ask: '相談元に質問しました',
  reply: '質問に答えました',
  wait: '回答待ちにしました',
  resume: '対応を再開しました',
  record: '活動を記録しました',
  offer: '引継ぎを申し込みました',
  accept_offer: '引継ぎを承諾しました',
  refuse_offer: '引継ぎを承諾しませんでした',
  revoke_offer: '引継ぎの申込を取り消しました',
  propose_closing: '終結を提案しました',
  confirm_closing: '終結を確認しました',
  object_closing: '終結の提案を戻しました',
  reopen: '再開しました',
  rate: '評価しました',
  merge: '統合しました',
  unmerge: '統合を取り消しました',
  link: '関連する相談をつなぎました',
  restrict: '閲覧を限定しました',
  unrestrict: '閲覧の限定を解きました',
  name_members: '協力者を変えました',
  snooze: '期限を延ばしました',
  share: '共有の案を作りました',
  settle_sharing: '共有の案を確認しました',
};

/** Events that no operation of a person names. */
export const OTHER_EVENTS = {
  'consultation.time_resume': '回答待ちの期日が来たので、対応中に戻りました',
  'consultation.time_close': '期限までに返事がなかったので、終結しました',
  'consultation.time_expire': '引継ぎの申込が期限切れになりました',
  'consultation.person_left': '担当者が異動・退職したため、担当が変わりました',
  'consultation.proposed_left': '担当を頼まれていた方が異動・退職したため、依頼がなくなりました',
  'consultation.merged_from': 'ほかの相談をここに統合しました',
  'consultation.unmerged_from': 'ここへの統合を取り消しました',
  'consultation.linked': '関連する相談をつなぎました',
  'consultation.unlink': '関連する相談のつながりを外しました',
  'consultation.unlinked': '関連する相談のつながりを外しました',
  'consultation.thread_note': 'スレッドの投稿を記録に残しました',
  'consultation.thread_edit': 'スレッドの投稿が直されました',
  'consultation.attach_file': 'ファイルを添付しました',
  'consultation.remove_file': 'ファイルを削除しました',
  'consultation.hold': '消去を保留にしました',
  'consultation.lift_hold': '消去の保留を解きました',
  'consultation.erase': '保存期間が過ぎたため、消去しました',
  'consultation.note_request': '本人からの請求を記録しました',
  'consultation.extend_request': '請求の期限を延長しました',
  'consultation.settle_request': '請求への対応を記録しました',
  'consultation.thread_delete': 'スレッドの投稿がSlackで削除されました',
} as const;

export const consultationText = {
  command: '相談',
  commandSummary: '基幹型に相談する',
  menuButton: '相談する',
  notTakenOver:
    'この市では、相談の入力はページで行います。コマンドに続けて書いた言葉は、どこにも残していません。ページには引き継がれないので、下のボタンから開いて入力してください。',
  /** What a page is for, where the city keeps what is typed out of Slack. */
  onPage: (reference: string, operation: string) => `*${reference}* の「${operation}」`,
  readOnPage: (reference: string) => `*${reference}* の閲覧`,
  sendOnPage: '相談の入力',
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
    future: '今日より後の日付です。今日か、それより前の日付を選んでください。',
    tooFar: '1年以内の日付を選んでください。',
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

  read: '詳細を見る',
  readAnswer: '読む',
  allOperations: 'すべての操作…',
  allOperationsTitle: (reference: string) => `${reference} の操作`,
  pressed: (reference: string, done: string) => `${reference}：${done}。`,
  formOf: (reference: string) => `相談 ${reference}`,
  nothingToDo: 'いま、あなたにできる操作はありません。',
  kikan: 'kikan',

  sentToSender: (reference: string, promise: string) =>
    `相談 *${reference}* を基幹型に送りました。${promise}`,
  acceptedBy: (when: string) => `受付の期限は ${when} です。`,
  acceptedWithin: (span: string) => `${span}以内に受け付けます。`,
  emergency: '命に関わるときは、先に110番・119番へお願いします。',
  acceptedToSender: (reference: string, person: string) =>
    `相談 *${reference}* を、基幹型の ${person} さんが受け付けました。`,
  answeredToSender: (reference: string) => `相談 *${reference}* に回答が1件あります。`,
  answeredInThread: (reference: string) => `回答が1件あります（${reference}）`,

  notFound: 'この相談は見つかりません。',
  refusals: {
    acceptedFirst: (reference: string, person: string, when: string) =>
      `${reference} は ${person}が先に受け付けました（${when}）。`,
    wrongState: (reference: string, status: string, happened: string) =>
      `${reference} はいま「${status}」なので、この操作はできません。${happened}`,
    changed: (reference: string, happened: string) =>
      `${reference} は、そのあとに変わっています。${happened}`,
    happened: (who: string, what: string, when: string) => `${who}が${what}（${when}）。`,
    happenedByItself: (what: string, when: string) => `${what}（${when}）。`,
    person: (name: string) => `${name}さん`,
    erased: (reference: string, on: string) => `${reference} は保存期間が過ぎたため、${on}に消去されました。`,
    purposeNeeded: (reference: string) => `${reference} を見るには、先に目的の入力が必要です。`,
    'reading-only': (reference: string) =>
      `${reference} は緊急閲覧で見ています。緊急閲覧では読むことだけができます。`,
    sentBefore: (reference: string) =>
      `${reference} には先に送信済みです。あとから直した内容は保存されていません。直したいことは、もう一度開いて送ってください。`,
    'not-on-duty': (reference: string) => `${reference} を受け付けられるのは、基幹型の受付当番か管理者です。`,
    'not-core': (reference: string) => `${reference} にこの操作ができるのは、基幹型の職員です。`,
    'accept-first': (reference: string) =>
      `${reference} はまだ受付待ちです。受付当番の方が受け付けると、回答できます。`,
    'not-in-charge': (reference: string, name: string) =>
      `${reference} にこの操作ができるのは、担当者（${name}）と協力者です。`,
    nobodyInCharge: 'いまは未定',
    'not-manager': (reference: string) => `${reference} にこの操作ができるのは、基幹型の管理者です。`,
    'not-sending-center': (reference: string) =>
      `${reference} にこの操作ができるのは、相談元の包括の職員です。`,
    'not-sender': (reference: string) =>
      `${reference} にこの操作ができるのは、相談した方か、相談元の包括の管理者です。`,
    'not-proposed': (reference: string) => `${reference} の担当は、いまあなたに頼まれていません。`,
    'not-giver': (reference: string) => `${reference} にこの操作ができるのは、いまの主担当機関の職員です。`,
    'not-receiver': (reference: string) => `${reference} の引継ぎに答えられるのは、申込先の職員です。`,
    'offer-open': (reference: string) =>
      `${reference} は引継ぎの申込中です。返事があるか、申込を取り消してから、もう一度お試しください。`,
    'no-offer': (reference: string) => `${reference} に、返事を待っている引継ぎの申込はありません。`,
    'no-question': (reference: string) => `${reference} に、返事を待っている質問はありません。`,
    'has-person-in-charge': (reference: string, name: string) =>
      `${reference} の担当は ${name} です。担当を替えるときは、基幹型の管理者に頼んでください。`,
    'other-manager': (reference: string) =>
      `${reference} の終結は、担当者ではない基幹型の管理者が確認します。`,
    'is-restricted': (reference: string) =>
      `${reference} の閲覧は、すでに限定されています。見られる方は「協力者を決める」で変えられます。`,
    'not-restricted': (reference: string) => `${reference} の閲覧は限定されていません。`,
    'nothing-to-share': (reference: string) =>
      `${reference} は共有できません。共有できるのは「運営・制度」の相談と、苦情・カスハラの相談です。`,
  },
  staleForm: (happened: string) =>
    `この画面を開いたあとに、相談が変わりました。${happened} 入力した内容は残っています。このまま送るときは、もう一度送信を押してください。`,

  detailTitle: (reference: string) => `相談 ${reference}`,
  detailClose: '閉じる',
  subject: '対象者',
  ageUnit: '歳',
  bodyTitle: '相談内容',
  answerTitle: (when: string) => `回答　${when}`,
  answerBy: (name: string) => `${name} さん`,
  older: (counts: string) => `このほかに、前の${counts}あります。`,
  olderCount: (what: string, count: number) => `${what}が${count}件`,
  olderKinds: { answer: '回答', activity: '活動' },
  loggedNotice: 'この内容を見たことは記録されます。チャンネルやメールには写さないでください。',
} as const;
