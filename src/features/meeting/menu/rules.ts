/** What `/kikan 会議` and its page offer to whom, each heard where its subject is. Pure. */
import type { Actor } from '../../directory/actor.ts';
import { mayKeepKinds } from '../rules.ts';
import { menuText as text } from './text.ts';

export interface MenuEntry {
  /** Of the button, whose value is the same. */
  actionId: string;
  label: string;
  /** On the pages: the page that does the same better than a form; without it the button is pressed there, too. */
  path?: string;
  isFor(actor: Pick<Actor, 'role' | 'isAdmin'> & { center: Pick<Actor['center'], 'kind'> }): boolean;
}

const isAnybody = () => true;

export const MENU: readonly MenuEntry[] = [
  { actionId: 'meeting.call', label: text.call, isFor: isAnybody },
  {
    actionId: 'meeting.plan',
    label: text.plan,
    path: '/meetings/plan',
    isFor: ({ center }) => center.kind !== 'district',
  },
  { actionId: 'meeting.trainings', label: text.trainings, path: '/trainings', isFor: isAnybody },
  { actionId: 'meeting.promises', label: text.promises, path: '/meetings/promises', isFor: isAnybody },
  { actionId: 'meeting.issues', label: text.issues, path: '/issues', isFor: isAnybody },
  { actionId: 'meeting.search', label: text.search, path: '/meetings/search', isFor: isAnybody },
  { actionId: 'meeting.calendar', label: text.calendar, path: '/meetings/calendar', isFor: isAnybody },
  { actionId: 'meeting.kinds', label: text.kinds, path: '/meetings/kinds', isFor: mayKeepKinds },
];
