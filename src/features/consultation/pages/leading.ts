/** Buttons of chat whose modal shows what a page shows better: on pages they lead there. */
import type { Context } from 'hono';
import type { LeadingPresses, PressedOnPage } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { ACTIONS } from '../blocks.ts';
import { loadConsultation, standingOf } from '../data.ts';
import { LOOK_FOR_SIMILAR } from '../sending/blocks.ts';
import { maySee } from '../visibility/rules.ts';
import { casePath } from './paths.ts';

/** What its page shows as a whole. The value begins with the case's id, the menu's with the operation. */
const OF_CASE: readonly string[] = [ACTIONS.read, ACTIONS.readAnswer, ACTIONS.readNote, ACTIONS.timeline];
const ALL_OPERATIONS = 'all/';

export const casePresses: LeadingPresses = {
  // What is like a consultation that is being written is shown beside it; the listener says where.
  actionIds: new Set([...OF_CASE, ACTIONS.menu, LOOK_FOR_SIMILAR]),
  pathOf,
};

/** Undefined for who may not see the case: the listener refuses and notes it. The page notes the reading. */
async function pathOf(c: Context<PageEnv>, { actionId, value }: PressedOnPage): Promise<string | undefined> {
  const id = actionId === LOOK_FOR_SIMILAR ? undefined : idOf(actionId, value);
  const loaded = id === undefined ? undefined : await loadConsultation(c.get('scope'), id);
  if (!loaded || !maySee(actorOfPage(c), standingOf(loaded))) return undefined;
  return casePath(loaded.consultation.reference);
}

function idOf(actionId: string, value: string): string | undefined {
  if (actionId !== ACTIONS.menu) return value.split('/')[0];
  return value.startsWith(ALL_OPERATIONS) ? value.slice(ALL_OPERATIONS.length) : undefined;
}
