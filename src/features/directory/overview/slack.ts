/** 名簿と市の設定 in 設定: what is loaded, and how it is changed. */
import { openModal } from '../../../slack/modal.ts';
import { countStaff, findCity } from '../data.ts';
import { maySeeCityFile } from '../rules.ts';
import { SETTINGS_WAY } from '../settings/paths.ts';
import type { SettingsSection } from '../settings/slack.ts';
import { overviewModal } from './blocks.ts';
import { overviewText as text } from './text.ts';

export const overviewSection: SettingsSection = {
  label: text.label,
  summary: text.summary,
  actionId: 'settings.overview',
  isFor: maySeeCityFile,
  async press(press) {
    const { db } = press.context.scope;
    const [city, centers] = await Promise.all([findCity(db), countStaff(db)]);
    await openModal(press, overviewModal(city?.name ?? '', centers), SETTINGS_WAY);
  },
};
