/** 協力者 and 限定: forms and notices. */
import { MAX_BODY } from '../schema.ts';

const REASON = {
  label: '理由',
  hint: `${MAX_BODY.toLocaleString('ja-JP')}文字まで。暗号化して保存し、相談の記録だけに残ります。`,
} as const;

export const membershipText = {
  placeholder: '職員を選ぶ（いくつでも）',
  person: (name: string, center: string) => `${name}（${center}）`,
  notListed: '基幹型か、相談元・主担当機関の職員から選んでください。',

  name: {
    title: '協力者を決める',
    submit: '決める',
    notice:
      '基幹型の協力者は、担当者と同じように回答や活動の記録ができます。包括の協力者は、追記ができます。',
    restrictedNotice: '閲覧を限定した相談です。ここから名前を外した方は、中を見られなくなります。',
    members: { label: '協力者', hint: '新しく選んだ方にお知らせします。' },
  },
  named: (reference: string, person: string) =>
    `${person} さんが、あなたを相談 *${reference}* の協力者にしました。`,

  restrict: {
    title: '閲覧を限定する',
    submit: '限定する',
    notice:
      '閲覧を限定すると、この相談を見られるのは、次の方と、下で選んだ方だけになります。チャンネルには番号と状態だけが出ます。',
    members: { label: 'ほかに見られる方（協力者）', hint: '選ばなかった方は、管理者でも見られません。' },
    reason: REASON,
  },
  inherent: {
    sender: (name: string) => `・${name} さん（相談した方）`,
    personInCharge: (name: string) => `・${name} さん（担当）`,
    deputy: (name: string) => `・${name} さん（担当の代理）`,
    proposed: (name: string) => `・${name} さん（担当を頼まれている方）`,
    managers: '・基幹型の管理者（担当が決まるまで）',
    receivers: '・引継ぎの申込先の管理者（返事があるまで）',
  },
  restricted: (reference: string, person: string) =>
    `${person} さんが、相談 *${reference}* の閲覧を限定しました。見られるのは、名前を挙げられた方だけです。`,

  unrestrict: {
    title: '閲覧の限定を解く',
    submit: '限定を解く',
    notice:
      '限定を解くと、基幹型の職員と、相談元・主担当機関の包括の職員が見られるようになり、チャンネルにも内容の項目が出ます。',
    reason: REASON,
  },
  unrestricted: (reference: string, person: string) =>
    `${person} さんが、相談 *${reference}* の閲覧の限定を解きました。`,
} as const;
