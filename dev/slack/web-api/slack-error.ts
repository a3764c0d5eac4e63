/** A refusal in Slack's own words. */
import type { JsonObject } from '../json.ts';

export class SlackError extends Error {
  readonly problems: string[];

  /** `error` is Slack's word; `problems` name the places, as in `must be … [json-pointer:/blocks/0]`. */
  constructor(error: string, problems: string[] = []) {
    super(error);
    this.problems = problems;
  }

  /** The body of the answer. */
  toBody(): JsonObject {
    if (this.problems.length === 0) return { ok: false, error: this.message };
    return {
      ok: false,
      error: this.message,
      errors: this.problems,
      response_metadata: { messages: this.problems.map((problem) => `[ERROR] ${problem}`) },
    };
  }
}
