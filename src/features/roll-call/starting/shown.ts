/** One roll-call in the place of the form that made or changed it. */
import type { RequestContext } from '../../../slack/app.ts';
import { linksToPage, type ModalView, noticeView } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import type { RollCall } from '../data.ts';
import { rollCallModal } from '../opening/blocks.ts';
import { openRollCall } from '../opening/mutations.ts';
import { rollCallPath } from '../paths.ts';
import { rollCallText } from '../text.ts';

/** @param notices what was just done, said first */
export async function shownRollCall(
  context: RequestContext,
  { id, reference }: RollCall,
  notices: readonly string[],
): Promise<ModalView> {
  const { scope } = context;
  const found = await openRollCall(scope, actorOf(context), id, 'roll-call.open');
  if (!found.ok) return noticeView(rollCallText.notFound);
  return rollCallModal(scope, found.value, { notices, links: linksToPage(scope, rollCallPath(reference)) });
}
