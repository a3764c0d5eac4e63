/** The second look before a roll-call is ended: what is still open. */
import { contextLine, markdownSection, plain } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { RollCall } from '../data.ts';
import { nameOf, rollCallText } from '../text.ts';
import type { Standing } from './data.ts';
import { endingText as text } from './text.ts';

export const END_FORM = 'roll-call.end.form';
/** More names than this are not read. */
const MAX_SHORTS = 20;

export function endModal(rollCall: RollCall, standing: Standing): ModalView {
  const { roster, answered, openHelp, unreported } = standing;
  const named = unreported.slice(0, MAX_SHORTS);
  const shorts = unreported.length > named.length ? [...named, text.more] : named;
  return {
    type: 'modal',
    callback_id: END_FORM,
    private_metadata: rollCall.id,
    title: plain(text.title),
    submit: plain(text.submit),
    close: plain(rollCallText.cancel),
    blocks: [
      markdownSection(`*${escapeMrkdwn(nameOf(rollCall))}*`),
      markdownSection(text.question[rollCall.kind]),
      markdownSection(
        [
          text.answered(answered, roster),
          text.silent(roster - answered),
          openHelp > 0 ? `*${text.help(openHelp)}*` : text.help(openHelp),
          escapeMrkdwn(text.unreported(unreported.length, shorts)),
        ].join('\n'),
      ),
      contextLine(text.after),
    ],
  };
}
