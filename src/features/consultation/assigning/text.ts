/** 担当: forms and notices of who has charge of a case. */
import { MAX_BODY } from '../schema.ts';

const LIMIT = `${MAX_BODY.toLocaleString('ja-JP')}文字まで。暗号化して保存し、相談の記録だけに残ります。`;

export const assigningText = {
  release: {
    title: '担当を外れる',
    submit: '担当を外れる',
    notice:
      '次の担当が決まるまで、この相談には担当がいなくなります。受付当番と管理者に、担当になるようお知らせします。',
    reason: { label: '理由', hint: LIMIT },
  },
  released: (reference: string, person: string) =>
    `相談 *${reference}* の担当を、${person} さんが外れました。担当になれる方は「担当になる」を押してください。`,
  releasedForYou: (reference: string, person: string) =>
    `相談 *${reference}* のあなたの担当を、代理の ${person} さんが外しました。`,
  nobodyInCharge: (reference: string) => `${reference} の担当がいません。担当になれる方を待っています。`,

  assign: {
    title: '担当を決める',
    submit: '決める',
    notice:
      'ほかの方を選ぶと、その方が引き受けたときに担当が替わります。ご自分を選ぶと、すぐに担当になります。',
    restrictedNotice: '閲覧を限定した相談です。頼まれた方は、中を見られるようになります。',
    proposed: (name: string) =>
      `いまは ${name} さんに頼んでいます。別の方を選ぶと、その依頼は取り消されます。`,
    person: { label: '担当にする方', placeholder: '職員を選ぶ' },
    notCore: '基幹型の職員から選んでください。',
  },
  alreadyInCharge: (reference: string) =>
    `${reference} は、すでにこの方が担当しています。別の方を選んでください。`,
  alreadyProposed: (reference: string) =>
    `${reference} は、すでにこの方に頼んでいます。返事があるまでお待ちください。`,
  proposedToYou: (reference: string, person: string) =>
    `${person} さんから、相談 *${reference}* の担当を頼まれました。引き受けるまで、いまの担当は替わりません。`,
  proposalGone: (reference: string) =>
    `相談 *${reference}* の担当をお願いしていましたが、その必要はなくなりました。`,
  chargeTaken: (reference: string, person: string) =>
    `相談 *${reference}* の担当は、${person} さんに替わりました。`,
  confirmed: (reference: string, person: string) =>
    `${person} さんが、相談 *${reference}* の担当を引き受けました。`,

  refuse: {
    title: '担当を引き受けない',
    submit: '引き受けない',
    notice: '引き受けられないことを、頼んだ管理者にお知らせします。',
    reason: { label: '理由', hint: LIMIT },
  },
  refused: (reference: string, person: string) =>
    `${person} さんは、相談 *${reference}* の担当を引き受けられません。別の方を決めてください。`,

  leftToManager: (reference: string) =>
    `相談 *${reference}* の担当者が異動・退職したため、あなたが担当になりました。ほかの方に任せるときは「担当を決める」を押してください。`,
  left: (reference: string) => `${reference} の担当者が異動・退職したため、担当が替わりました。`,
  leftToNobody: (reference: string) =>
    `${reference} の担当者が異動・退職し、担当がいません。担当になれる方を待っています。`,
  takeItOn: (reference: string) =>
    `相談 *${reference}* の担当者が異動・退職し、担当がいません。担当になれる方は「担当になる」を押してください。`,
  proposedLeft: (reference: string) =>
    `相談 *${reference}* の担当を頼まれていた方が、異動・退職しました。別の方を決めてください。`,
} as const;
