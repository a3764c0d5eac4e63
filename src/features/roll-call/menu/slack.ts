/** `/kikan 訓練` and `/kikan 点呼`: what runs now, and for those who command the form to start. */
import type { RequestContext } from '../../../slack/app.ts';
import { markdownSection } from '../../../slack/block-kit.ts';
import type { Invocation, SlackFeature } from '../../../slack/feature.ts';
import { keepsTypedTextOut, linksToPage, openModalByCommand } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import { listRunning, standInOfActor } from '../data.ts';
import { ROLL_CALLS_PATH } from '../paths.ts';
import { priorityButtons } from '../priority/actions.ts';
import { mayCommand } from '../rules.ts';
import { startFormOf } from '../starting/slack.ts';
import { rollCallText } from '../text.ts';
import type { RollCallKind } from '../words.ts';
import { runningBlocks, runningModal } from './blocks.ts';
import { menuText as text } from './text.ts';

export const menuInSlack: SlackFeature = {
  commands: [
    {
      word: rollCallText.drillCommand,
      ascii: 'kunren',
      summary: rollCallText.drillSummary,
      button: rollCallText.drillButton,
      run: (invocation) => openMenu(invocation, 'drill'),
    },
    {
      word: rollCallText.actualCommand,
      ascii: 'tenko',
      summary: rollCallText.actualSummary,
      button: rollCallText.actualButton,
      run: (invocation) => openMenu(invocation, 'actual'),
    },
  ],
  homeFirst: homeOf,
};

async function homeOf({ scope }: RequestContext): Promise<readonly object[]> {
  return runningBlocks(await listRunning(scope.db));
}

async function openMenu(invocation: Invocation, kind: RollCallKind): Promise<void> {
  const { context } = invocation;
  const { scope } = context;
  const actor = actorOf(context);
  const [running, standIn] = await Promise.all([listRunning(scope.db), standInOfActor(scope, actor)]);
  if (mayCommand(actor, standIn)) {
    const viewOf = async () => (await startFormOf(context, kind, { above: runningBlocks(running) })).view;
    const holds = keepsTypedTextOut(context) ? 'references' : 'typed';
    return openModalByCommand(invocation, viewOf, { holds, page: ROLL_CALLS_PATH });
  }
  const prepare = priorityButtons(actor);
  if (running.length === 0)
    return invocation.answer({
      text: text.nothingRuns,
      blocks: [
        markdownSection(text.nothingRuns),
        ...(prepare.length === 0 ? [] : [{ type: 'actions', elements: prepare }]),
      ],
    });
  const viewOf = async () => runningModal(running, [...prepare, ...linksToPage(scope, ROLL_CALLS_PATH)]);
  await openModalByCommand(invocation, viewOf, { holds: 'references', page: ROLL_CALLS_PATH });
}
