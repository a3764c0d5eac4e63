/** `/kikan 会議`. */
import type { RequestContext } from '../../../slack/app.ts';
import { markdownSection } from '../../../slack/block-kit.ts';
import type { Invocation, SlackFeature } from '../../../slack/feature.ts';
import { linksToPage, openModalByCommand } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import { MEETINGS_PATH } from '../paths.ts';
import { meetingText } from '../text.ts';
import { listedSection, menuModal } from './blocks.ts';
import { listAhead } from './data.ts';
import { MENU } from './rules.ts';
import { menuText as text } from './text.ts';

/** More than this, and what one can do stands too far below on a phone. */
const SHOWN = 6;
const SHOWN_AT_HOME = 3;

export const menuInSlack: SlackFeature = {
  commands: [
    {
      word: meetingText.command,
      ascii: 'kaigi',
      summary: meetingText.commandSummary,
      button: meetingText.commandButton,
      run: openMenu,
    },
  ],
  home: homeOf,
};

/** What comes next for whoever opened the home tab; nothing when nothing does. */
async function homeOf(context: RequestContext): Promise<readonly object[]> {
  const { db, now } = context.scope;
  const found = await listAhead(db, actorOf(context), now, { onlyMine: true, limit: SHOWN_AT_HOME });
  return found.length === 0 ? [] : [markdownSection(`*${text.mine}*`), ...found.map(listedSection)];
}

async function openMenu(invocation: Invocation): Promise<void> {
  const { scope } = invocation.context;
  const actor = actorOf(invocation.context);
  const viewOf = async () => {
    const found = await listAhead(scope.db, actor, scope.now, { onlyMine: true, limit: SHOWN + 1 });
    const entries = MENU.filter((entry) => entry.isFor(actor));
    const links = linksToPage(scope, MEETINGS_PATH);
    return menuModal(found.slice(0, SHOWN), entries, { hasMore: found.length > SHOWN, links });
  };
  await openModalByCommand(invocation, viewOf, { holds: 'references', page: MEETINGS_PATH });
}
