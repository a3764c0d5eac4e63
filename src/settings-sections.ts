/** What 設定 holds, in the order of its list: each section stands with its feature. */
import { DEFAULT_DEADLINES } from './features/consultation/reminding/rules.ts';
import { templateSettings } from './features/consultation/templates/slack.ts';
import { absenceSection } from './features/directory/absence/slack.ts';
import { deadlinesSection } from './features/directory/deadlines/slack.ts';
import { dutySection } from './features/directory/duty/slack.ts';
import { handlingSection } from './features/directory/handling/slack.ts';
import { overviewSection } from './features/directory/overview/slack.ts';
import type { SettingsSection } from './features/directory/settings/slack.ts';
import { chasingSection } from './features/roll-call/chasing/settings/slack.ts';

export const SETTINGS_SECTIONS: readonly SettingsSection[] = [
  absenceSection,
  dutySection,
  templateSettings,
  deadlinesSection(DEFAULT_DEADLINES),
  chasingSection,
  handlingSection,
  overviewSection,
];
