/** Input of what became of a 地域課題, and its limits. */
import { fold } from '../../../../lib/japanese.ts';
import { ISSUE_STATES, type IssueState } from '../../words.ts';

export const MAX_OUTCOME = 1000;

export interface OutcomeForm {
  /** Undefined: none of ours was chosen. */
  state: IssueState | undefined;
  /** Null for an empty one. */
  outcome: string | null;
  isTooLong: boolean;
  /** Of the issue as the form showed it. */
  version: number;
  isConfirmed: boolean;
}

export function readOutcome(form: FormData): OutcomeForm {
  const typed = typedIn(form, 'outcome').replaceAll('\r\n', '\n');
  const version = Number(typedIn(form, 'version'));
  return {
    state: readIssueState(typedIn(form, 'state')),
    outcome: fold(typed) === '' ? null : typed,
    isTooLong: typed.length > MAX_OUTCOME,
    version: Number.isSafeInteger(version) ? version : 0,
    isConfirmed: typedIn(form, 'confirmed') === 'yes',
  };
}

export function readIssueState(value: string | undefined): IssueState | undefined {
  return ISSUE_STATES.find((each) => each === value);
}

function typedIn(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value : '';
}
