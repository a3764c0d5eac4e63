/** What the reader of a case may do: the likely steps as buttons, the rest behind 「ほかの操作」. */
import type { Child } from 'hono/jsx';
import { offeredOn } from '../../cards/rules.ts';
import { buttonValueOf } from '../../operating/rules.ts';
import type { Operation } from '../../operating/words.ts';
import { OPERATION_LABELS } from '../../text.ts';
import { aboutOf, operationPath } from '../paths.ts';
import { pagesText as text } from '../text.ts';
import type { CaseOnPage } from './mutations.ts';
import { waitingFor } from './rules.ts';

/** So many stand in the open; a phone shows them without scrolling. */
const IN_THE_OPEN = 4;

export function CaseOperations({ shown }: { shown: CaseOnPage }) {
  const waiting = waitingFor(shown.operations, shown.closing.rating !== undefined);
  const ordered = byLikelihood(shown).filter(
    (operation) => !waiting.some(({ operations }) => operations.includes(operation)),
  );
  const [likely, rest] = [ordered.slice(0, IN_THE_OPEN), ordered.slice(IN_THE_OPEN)];
  return (
    <section aria-labelledby="actions" class="no-print">
      <h2 id="actions">{text.actions}</h2>
      {likely.length === 0 && waiting.length === 0 ? <p>{text.nothingToDo}</p> : null}
      <OperationLinks shown={shown} operations={likely} hasPrimary={waiting.length === 0} />
      {rest.length > 0 ? (
        <details>
          <summary>{text.more}</summary>
          <OperationLinks shown={shown} operations={rest} />
        </details>
      ) : null}
    </section>
  );
}

/** Each leads to its form, or to the question whether it is meant. */
export function OperationLinks({
  shown: { loaded },
  operations,
  hasPrimary,
}: {
  shown: CaseOnPage;
  operations: readonly Operation[];
  /** Whether the first is what most readers come for. */
  hasPrimary?: boolean;
}): Child {
  const { consultation: of, offer } = loaded;
  if (operations.length === 0) return null;
  return (
    <ul class="buttons">
      {operations.map((operation, position) => (
        <li>
          <a
            class={hasPrimary && position === 0 ? 'button primary' : 'button'}
            href={operationPath(of.reference, operation, aboutOf(buttonValueOf(operation, of, offer)))}
          >
            {OPERATION_LABELS[operation]}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** As the cards offer them, then the others in the order of the rules. */
function byLikelihood({ loaded, operations }: CaseOnPage): Operation[] {
  const { consultation: of, offer } = loaded;
  const offered = (['triage', 'center', 'holder'] as const).flatMap((audience) => {
    const { buttons, menu } = offeredOn(audience, { ...of, offer });
    return [...buttons, ...menu];
  });
  const likely = [...new Set(offered)].filter((operation) => operations.includes(operation));
  return [...likely, ...operations.filter((operation) => !likely.includes(operation))];
}
