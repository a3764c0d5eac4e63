/** Whether a request for help can be cleared. Pure. */

export type ClearRefusal =
  | { reason: 'not-found' | 'not-allowed' | 'not-open' | 'asked-anew' }
  | { reason: 'cleared'; by: string; at: Date };

interface Asked {
  helpSince: Date | null;
  helpClearedAt: Date | null;
  helpClearedBy: string | null;
  clearedByName: string | null;
}

/**
 * @param since the request that was looked at: another one since then was not
 * @param mayClear as `rules.mayClearHelp` says
 */
export function denialOfClearing(
  { helpSince, helpClearedAt, helpClearedBy, clearedByName }: Asked,
  since: Date,
  mayClear: boolean,
): ClearRefusal | undefined {
  if (!mayClear) return { reason: 'not-allowed' };
  if (helpSince === null) return { reason: 'not-open' };
  if (helpClearedAt !== null)
    return { reason: 'cleared', by: clearedByName ?? helpClearedBy ?? '', at: helpClearedAt };
  return helpSince.getTime() === since.getTime() ? undefined : { reason: 'asked-anew' };
}
