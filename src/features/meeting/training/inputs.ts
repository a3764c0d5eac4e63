/** The input of the forms of 研修 that says whom something is for. */
import type { types } from '@slack/bolt';
import { choice, multiSelect } from '../../../slack/inputs.ts';

/** Which professions something is for. Requires at least one. */
export function professionSelect(
  professions: readonly string[],
  placeholder: string,
): types.MultiStaticSelect {
  return multiSelect(
    professions.map((each) => choice(each, each)),
    { placeholder },
  );
}
