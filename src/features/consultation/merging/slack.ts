/** ほかの相談に統合する, 統合を取り消す and 関連する相談をつなぐ: their forms. */
import { type CasePart, formInSlack } from '../forms.ts';
import { sightOf } from '../visibility/data.ts';
import { linkInputs, mergeInputs, unmergeInputs } from './blocks.ts';
import { listLinks } from './data.ts';
import { linkConsultation, mergeConsultation, unmergeConsultation } from './mutations.ts';
import { readLink, readMerge, readReason } from './schema.ts';
import { mergingText as text } from './text.ts';

const mergeForm = formInSlack({
  operation: 'merge',
  title: text.merge.title,
  submit: text.merge.submit,
  mainField: 'into',
  blocks: ({ loaded }) => mergeInputs(loaded.consultation),
  read: readMerge,
  store: mergeConsultation,
});

const unmergeForm = formInSlack({
  operation: 'unmerge',
  title: text.unmerge.title,
  submit: text.unmerge.submit,
  mainField: 'reason',
  blocks: ({ loaded }) => unmergeInputs(loaded.consultation),
  read: readReason,
  store: unmergeConsultation,
});

const linkForm = formInSlack({
  operation: 'link',
  title: text.link.title,
  submit: text.link.submit,
  mainField: 'reference',
  blocks: async ({ scope, actor, loaded }) =>
    linkInputs(await listLinks(scope.db, await sightOf(scope, actor), loaded.consultation.id)),
  read: readLink,
  store: linkConsultation,
});

export const merging: CasePart = {
  operations: { merge: mergeForm, unmerge: unmergeForm, link: linkForm },
};
