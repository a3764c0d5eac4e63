/** What waits at the desk, as one line of the core center's home tab. Numbers only. */
import { japanDate } from '../../../lib/jst.ts';
import type { RequestContext } from '../../../slack/app.ts';
import { markdownSection } from '../../../slack/block-kit.ts';
import type { SlackFeature } from '../../../slack/feature.ts';
import { linksToPage } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import { DESK_PATH } from '../paths.ts';
import { mayEdit } from '../rules.ts';
import { deskText as text } from './text.ts';
import { countWaiting } from './waiting/data.ts';

export const deskInSlack: SlackFeature = { home: homeOf };

async function homeOf(context: RequestContext): Promise<readonly object[]> {
  const { scope } = context;
  if (!mayEdit(actorOf(context))) return [];
  const waiting = await countWaiting(scope.db, japanDate(scope.now));
  if (Object.values(waiting).every((count) => count === 0)) return [];
  const links = linksToPage(scope, DESK_PATH);
  return [
    markdownSection(text.home(waiting)),
    ...(links.length === 0 ? [] : [{ type: 'actions', elements: links }]),
  ];
}
