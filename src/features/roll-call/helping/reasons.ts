/** Why help was cleared: typed, so sealed, and opened for pages only. */
import type { Scope } from '../../../slack/scope.ts';
import type { Sealed } from '../../../vault/key-ring.ts';
import { openRollCallsKey, rollCallPlace } from '../sealing.ts';
import type { Helped } from './data.ts';

/** As the audit log names that reasons were read. */
export const READ_REASONS = 'roll-call.read_help_reasons';

export async function sealReason(
  scope: Pick<Scope, 'db' | 'settings'>,
  of: { rollCallId: string; person: string },
  reason: string,
): Promise<Sealed> {
  return (await openRollCallsKey(scope)).seal(placeOf(of), reason);
}

/** By person, as they were typed. Requires `maySeePeopleOf` of all of them, and a page. */
export async function openReasons(
  scope: Pick<Scope, 'db' | 'settings'>,
  helped: readonly Helped[],
): Promise<ReadonlyMap<string, string>> {
  const reasons = new Map<string, string>();
  const cleared = helped.filter(({ helpReason }) => helpReason !== null);
  if (cleared.length === 0) return reasons;
  const key = await openRollCallsKey(scope);
  for (const each of cleared)
    if (each.helpReason !== null) reasons.set(each.person, await key.open(placeOf(each), each.helpReason));
  return reasons;
}

function placeOf({ rollCallId, person }: { rollCallId: string; person: string }) {
  return rollCallPlace('roll_call_person', 'help_reason', `${rollCallId}/${person}`);
}
