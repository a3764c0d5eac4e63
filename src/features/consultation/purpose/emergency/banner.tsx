/** What a reader of 緊急閲覧 is told above the case. */
import { formatInstant } from '../../../../lib/jst.ts';
import { emergencyText as text } from './text.ts';

export function EmergencyBanner({ until }: { until: Date | null }) {
  return until ? (
    <p class="notice warning" role="status">
      {text.banner(formatInstant(until))}
    </p>
  ) : null;
}
