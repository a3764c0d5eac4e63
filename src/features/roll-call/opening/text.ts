/** What people read of one roll-call, whoever they are. */
import { formatInstant } from '../../../lib/jst.ts';
import { type RollCallStatus, STATUS_WORDS } from '../words.ts';

export const openingText = {
  status: (status: RollCallStatus) => `状態　${STATUS_WORDS[status]}`,
  asked: 'お願いすること',
  everybody: '対象　すべてのセンター',
  centers: (shorts: readonly string[]) => `対象　${shorts.join('、')}`,
  by: (mention: string, at: Date) => `${mention}さんが${formatInstant(at)}に始めました`,
  plannedBy: (mention: string) => `${mention}さんが予定しました`,
  endedBy: (mention: string) => `${mention}さんが終えました`,
  endedByItself: '時間が過ぎたため、自動で終わりました',
  announced: '予告あり（皆さんに知らせています）',
  unannounced: '予告なし（始められる方だけに見えています）',
  actualFirst: '実際の点呼が始まっています。そちらを優先してください。',
} as const;
