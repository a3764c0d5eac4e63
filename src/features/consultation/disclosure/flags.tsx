/** What the page of a case says of its resident's requests. */
import { formatDate } from '../../../lib/jst.ts';
import { type Flag, isPending, isUseStopped } from './rules.ts';
import { disclosureText as text } from './text.ts';
import { REQUEST_KINDS } from './words.ts';

/** On the page of a case: what its resident asked for, and that its use was stopped. */
export function RequestFlags({ flags }: { flags: readonly Flag[] }) {
  const pending = flags.filter(({ state }) => isPending(state));
  return (
    <>
      {isUseStopped(flags) ? <p class="notice warning">{text.useStopped}</p> : null}
      {pending.length > 0 ? (
        <p>
          {pending.map(({ kind, dueOn }) => (
            <>
              <span class="tag urgent">{text.flag(REQUEST_KINDS[kind], formatDate(dueOn))}</span>{' '}
            </>
          ))}
        </p>
      ) : null}
    </>
  );
}
