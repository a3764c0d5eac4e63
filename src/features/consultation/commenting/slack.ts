/** The button 追記する and its form. */
import { input } from '../../../slack/inputs.ts';
import { type CasePart, formInSlack } from '../forms.ts';
import { paragraph } from '../inputs.ts';
import { MAX_BODY, readOne } from '../schema.ts';
import { commentOnConsultation } from './mutations.ts';
import { commentingText as text } from './text.ts';

const commentForm = formInSlack({
  operation: 'comment',
  title: text.title,
  submit: text.submit,
  mainField: 'body',
  blocks: () => [input('body', text.body, paragraph(''), true)],
  read: (values) => readOne(values, 'body', MAX_BODY),
  store: commentOnConsultation,
});

export const commenting: CasePart = { operations: { comment: commentForm } };
