/** The inputs of modals by which people are chosen; `slack/inputs.ts` has all others. */
import type { types } from '@slack/bolt';
import { option } from '../../slack/block-kit.ts';
import { multiSelect, select } from '../../slack/inputs.ts';

interface Listed {
  slackUserId: string;
  name: string;
}

/** A choice of one of these people, who must not be none; `chosen` is chosen beforehand. */
export function personSelect(
  people: readonly Listed[],
  placeholder: string,
  chosen?: string,
): types.StaticSelect {
  return select(people.map(optionOf), { placeholder, chosen });
}

/** A choice of any of these people, who must not be none. */
export function peopleSelect(
  people: readonly Listed[],
  placeholder: string,
  chosen: readonly string[],
): types.MultiStaticSelect {
  return multiSelect(people.map(optionOf), { placeholder, chosen });
}

function optionOf({ slackUserId, name }: Listed): types.PlainTextOption {
  return option(slackUserId, name);
}
