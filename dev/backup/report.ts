/** What the backup commands print for people: nothing of it comes from what anybody typed. */
import type { Manifest } from './manifest.ts';

const JAPAN = new Intl.DateTimeFormat('ja-JP', {
  dateStyle: 'long',
  timeStyle: 'medium',
  timeZone: 'Asia/Tokyo',
});
const MINUTE_MS = 60_000;

/** `2026年11月22日 23:45:41（日本時間）` */
export function formatTime(at: Date): string {
  return `${JAPAN.format(at)}（日本時間）`;
}

/** Time, tables, rows and the last digest: to be kept apart from the backup, so that it can be compared later. */
export function manifestLines({ takenAt, tables, audit }: Manifest): string[] {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return [
    `  取得した時刻: ${formatTime(new Date(takenAt))}`,
    `  表: ${tables.length}、行: ${rows}`,
    ...tables.map((table) => `    ${table.name}: ${table.rows}`),
    audit
      ? `  記録の最後の締め: ${audit.day}（${audit.entries}件） ${audit.digest}`
      : '  記録の最後の締め: まだありません',
    ...(audit && audit.brokenDays.length > 0
      ? [
          `  注意: 記録に変更の跡がある日があります（${audit.brokenDays.join('、')}）。情報セキュリティ担当に連絡してください。`,
        ]
      : []),
  ];
}

/** `3日2時間10分` between two instants, whole minutes. */
export function formatGap(from: Date, until: Date): string {
  const minutes = Math.max(0, Math.floor((until.getTime() - from.getTime()) / MINUTE_MS));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  return `${days > 0 ? `${days}日` : ''}${days > 0 || hours > 0 ? `${hours}時間` : ''}${minutes % 60}分`;
}
