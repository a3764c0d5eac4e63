/** Cuts the SQL of an export into statements while it streams in; values of 2 MB and triggers with their inner `;` stay whole. */

/** What may hide a `;`, and the `;` itself. */
const MARK = /['"`[;]|--|\/\*/g;
const CLOSING: Record<string, string> = { '[': ']', '--': '\n', '/*': '*/' };
const TRIGGER = /^\s*CREATE\s+(?:TEMP(?:ORARY)?\s+)?TRIGGER\b/i;
const TRIGGER_END = /;\s*END\s*;$/i;

/**
 * Yields each statement with its `;`, without the white space around it.
 * @throws when the text ends within a statement
 */
export async function* splitStatements(
  chunks: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<string> {
  const scanner = new StatementScanner();
  for await (const chunk of chunks) yield* scanner.take(chunk);
  if (scanner.rest.trim()) throw new Error('the export ends within a statement');
}

class StatementScanner {
  rest = '';
  /** Everything before it was looked at. */
  #at = 0;

  *take(chunk: string): Generator<string> {
    this.rest += chunk;
    for (let end = this.#nextEnd(); end !== undefined; end = this.#nextEnd()) {
      yield this.rest.slice(0, end).trim();
      this.rest = this.rest.slice(end);
      this.#at = 0;
    }
  }

  /** The place behind the statement's `;`, if it has come already. */
  #nextEnd(): number | undefined {
    for (;;) {
      MARK.lastIndex = this.#at;
      const mark = MARK.exec(this.rest);
      if (!mark) {
        // A `-` or `/` at the very end may be the first half of a comment's mark.
        this.#at = /[-/]$/.test(this.rest) ? this.rest.length - 1 : this.rest.length;
        return undefined;
      }
      if (mark[0] === ';') {
        this.#at = mark.index + 1;
        if (this.#isComplete()) return this.#at;
        continue;
      }
      const closing = CLOSING[mark[0]] ?? mark[0];
      const end = this.rest.indexOf(closing, mark.index + mark[0].length);
      if (end === -1) {
        this.#at = mark.index;
        return undefined;
      }
      this.#at = end + closing.length;
    }
  }

  #isComplete(): boolean {
    return !TRIGGER.test(this.rest) || TRIGGER_END.test(this.rest.slice(0, this.#at));
  }
}
