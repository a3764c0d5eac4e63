/** What a city file brought is found within the minute. */
import type { Scope } from '../../../slack/scope.ts';
import { takeOverHandedOver } from './handing-over/mutations.ts';

export async function takeOverCityFaq(scope: Scope): Promise<void> {
  await takeOverHandedOver(scope);
}
