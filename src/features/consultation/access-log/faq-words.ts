/** How the log calls what happens around the FAQ: it knows their actions by their codes only. */

export const FAQ_WORDS: Readonly<Record<string, { done: string; label: string }>> = {
  'faq.read': { done: 'FAQを読みました', label: 'FAQを読む' },
  'faq.read_ask': { done: 'FAQでさがしたことを見ました', label: 'FAQでさがしたことを見る' },
  'faq.vote': { done: 'FAQが役に立ったかを答えました', label: 'FAQが役に立ったかの回答' },
  'faq.make_question': { done: '答えのなかった質問を登録しました', label: '答えのなかった質問の登録' },
  'faq.join_question': {
    done: '同じことをたずねた質問にまとめました',
    label: '答えのなかった質問をまとめる',
  },
  'faq.read_questions': {
    done: '答えのなかった質問の一覧を見ました',
    label: '答えのなかった質問の一覧を見る',
  },
  'faq.read_question': { done: '答えのなかった質問を見ました', label: '答えのなかった質問を見る' },
  'faq.plan_question': {
    done: '答えのなかった質問の担当・期限・文を変えました',
    label: '答えのなかった質問の変更',
  },
  'faq.answer_question': {
    done: '答えのなかった質問を、FAQで回答済みにしました',
    label: '答えのなかった質問への回答',
  },
  'faq.set_question_aside': {
    done: '答えのなかった質問に対応しないことにしました',
    label: '答えのなかった質問に対応しない',
  },
  'faq.reopen_question': {
    done: '答えのなかった質問を未回答に戻しました',
    label: '答えのなかった質問を未回答に戻す',
  },
  'faq.merge_question': {
    done: '答えのなかった質問を統合しました',
    label: '答えのなかった質問の統合',
  },
  'faq.move_ask': {
    done: 'たずねられたことを別の質問に移しました',
    label: 'たずねられたことを別の質問に移す',
  },
  'faq.remind_question': {
    done: '答えのなかった質問の期限をお知らせしました',
    label: '答えのなかった質問の期限のお知らせ',
  },
  'faq.read_drafting': {
    done: 'FAQの下書きにできる相談の一覧を見ました',
    label: 'FAQの下書きにできる相談の一覧',
  },
  'faq.draft_from_case': {
    done: '終結した相談からFAQの下書きを作りました',
    label: '相談からFAQの下書きを作る',
  },
  'faq.synonyms': { done: 'FAQの同義語を変えました', label: 'FAQの同義語の変更' },
  'faq.read_figures': { done: 'FAQの利用の状況を見ました', label: 'FAQの利用の状況を見る' },
  'faq.make': { done: 'FAQの下書きを作りました', label: 'FAQの下書きを作る' },
  'faq.desk': { done: 'FAQの管理の画面を見ました', label: 'FAQの管理の画面を見る' },
  'faq.edit': { done: 'FAQの下書きを見ました', label: 'FAQの下書きを見る' },
  'faq.save': { done: 'FAQの下書きを保存しました', label: 'FAQの下書きの保存' },
  'faq.propose': { done: 'FAQの承認を依頼しました', label: 'FAQの承認の依頼' },
  'faq.approve': { done: 'FAQを承認して公開しました', label: 'FAQの承認' },
  'faq.send_back': { done: 'FAQの下書きを差し戻しました', label: 'FAQの下書きの差し戻し' },
  'faq.drop': { done: 'FAQの下書きを取りやめました', label: 'FAQの下書きの取りやめ' },
  'faq.withdraw': { done: 'FAQの公開を終了しました', label: 'FAQの公開の終了' },
  'faq.review': { done: 'FAQの内容を確認しました（変更なし）', label: 'FAQの内容の確認' },
  'faq.restore': { done: 'FAQの以前の版から下書きを作りました', label: 'FAQの以前の版から下書きを作る' },
  'faq.erase_version': { done: 'FAQの版の本文を消去しました', label: 'FAQの版の本文の消去' },
  'faq.duplicates': { done: '似たFAQの一覧を見ました', label: '似たFAQの一覧を見る' },
  'faq.merge': { done: 'FAQを統合しました（または統合の下書きを作りました）', label: 'FAQの統合' },
  'faq.distinct': { done: '似たFAQを別のものとしました', label: '似たFAQを別のものとする' },
  'faq.remind_review': { done: 'FAQの確認日をお知らせしました', label: 'FAQの確認日のお知らせ' },
  'faq.import': { done: 'FAQを取り込みました', label: 'FAQの取込み' },
  'faq.export': { done: 'FAQを書き出しました', label: 'FAQの書出し' },
  'token.make': { done: 'ほかのプログラム用のトークンを作りました', label: 'トークンを作る' },
  'token.revoke': { done: 'ほかのプログラム用のトークンを取り消しました', label: 'トークンの取消し' },
};
