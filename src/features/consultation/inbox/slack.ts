/** The home tab as an inbox. */
import type { RequestContext } from '../../../slack/app.ts';
import { linksToPage } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import type { CasePart } from '../forms.ts';
import { cityInboxBlocks, inboxBlocks } from './blocks.ts';
import { readCityInbox, readInbox } from './data.ts';

export const inbox: CasePart = { home: homeOf };

async function homeOf(context: RequestContext): Promise<readonly object[]> {
  const { scope } = context;
  const actor = actorOf(context);
  const { kind } = actor.center;
  if (kind === 'city') return cityInboxBlocks(await readCityInbox(scope));
  const links = linksToPage(scope, '/');
  return [
    ...inboxBlocks(await readInbox(scope, actor), kind === 'kikan', scope.now),
    ...(links.length > 0 ? [{ type: 'actions', elements: links }] : []),
  ];
}
