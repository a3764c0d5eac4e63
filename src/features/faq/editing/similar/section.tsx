/** What is found already and says nearly the same as the shown text. */
import type { Child } from 'hono/jsx';
import { comparisonPath, deskEntryPath } from '../../paths.ts';
import { formatFaqReference } from '../../rules.ts';
import { editingText } from '../text.ts';
import type { Similar } from './data.ts';

const text = editingText.similar;

/** @param number of the shown entry; @param mayMerge only what is found can be merged, and only by the core center */
export function SimilarSection(props: {
  number: number;
  similar: readonly Similar[];
  mayMerge: boolean;
}): Child {
  const { number, similar, mayMerge } = props;
  if (similar.length === 0) return null;
  return (
    <section class="notice">
      <h2>{text.heading}</h2>
      <ul>
        {similar.map((each) => (
          <li>
            <a href={deskEntryPath(each.number)}>{`${formatFaqReference(each.number)}　${each.question}`}</a>{' '}
            {mayMerge ? <a href={comparisonPath(number, each.number)}>{text.compare}</a> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
