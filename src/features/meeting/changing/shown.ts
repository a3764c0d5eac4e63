/** What answers a form that changed a meeting. */
import type { RequestContext } from '../../../slack/app.ts';
import type { SubmissionAnswer } from '../../../slack/feature.ts';
import { linksToPage } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import type { LoadedMeeting } from '../data.ts';
import { meetingModal } from '../opening/blocks.ts';
import { meetingPath } from '../paths.ts';

/** The meeting as it is then; on pages its own page. */
export function shown(context: RequestContext, loaded: LoadedMeeting, notice: string): SubmissionAnswer {
  const { scope } = context;
  const page = meetingPath(loaded.meeting.reference);
  scope.page?.goTo(page);
  if (scope.page) return 'close';
  const links = linksToPage(scope, page);
  return {
    update: meetingModal(loaded, actorOf(context), scope.now, { notices: [notice], links }),
    holds: 'references',
  };
}
