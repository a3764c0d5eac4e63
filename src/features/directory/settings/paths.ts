/** Where 設定 stands on the pages. */
import type { Way } from '../../../slack/modal.ts';

export const SETTINGS_PATH = '/settings';

/** Sections of names of staff, dates, choices and the city's own figures: nothing about residents. */
export const SETTINGS_WAY = { holds: 'references', page: SETTINGS_PATH } as const satisfies Way;
