/** 連絡文 on the page of a roll-call: typed, so that it stands on pages only. */
import type { PageSection } from '../parts.ts';
import { openRollCallsKey, rollCallPlace } from '../sealing.ts';
import { rollCallPagesText as text } from './text.ts';

export const noteSection: PageSection = async (c, { rollCall: { id, note } }) => {
  if (note === null) return null;
  const key = await openRollCallsKey(c.get('scope'));
  return (
    <section>
      <h2>{text.note}</h2>
      <p class="typed">{await key.open(rollCallPlace('roll_call', 'note', id), note)}</p>
    </section>
  );
};
