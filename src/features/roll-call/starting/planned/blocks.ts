/** The forms by which a planned roll-call is moved and called off. */
import { markdownSection, noticeSections, plain } from '../../../../slack/block-kit.ts';
import type { ModalView } from '../../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { RollCall } from '../../data.ts';
import { nameOf, rollCallText } from '../../text.ts';
import { CANCEL_FORM, CHANGE_FORM } from '../actions.ts';
import { dateInputs } from '../blocks.ts';
import { startingText as text } from '../text.ts';

/** @param notices what happened meanwhile */
export function changeModal(rollCall: RollCall, notices: readonly string[] = []): ModalView {
  return {
    type: 'modal',
    callback_id: CHANGE_FORM,
    private_metadata: `${rollCall.id} ${rollCall.version}`,
    title: plain(text.changeTitle),
    submit: plain(text.save),
    close: plain(rollCallText.close),
    blocks: [
      ...noticeSections(notices),
      markdownSection(`*${escapeMrkdwn(nameOf(rollCall))}*\n${rollCallText.startsAt(rollCall.startsAt)}`),
      ...dateInputs(rollCall.startsAt),
    ],
  };
}

export function cancelModal(rollCall: RollCall): ModalView {
  return {
    type: 'modal',
    callback_id: CANCEL_FORM,
    private_metadata: rollCall.id,
    title: plain(text.cancelTitle),
    submit: plain(text.cancel),
    close: plain(rollCallText.close),
    blocks: [
      markdownSection(`*${escapeMrkdwn(nameOf(rollCall))}*\n${rollCallText.startsAt(rollCall.startsAt)}`),
      markdownSection(
        rollCall.isAnnounced ? `${text.cancelQuestion}${text.cancelTells}` : text.cancelQuestion,
      ),
    ],
  };
}
