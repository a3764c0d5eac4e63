/** What was promised at earlier meetings of the kind and is still open, on the page of each later one. */
import { circleOf } from '../data.ts';
import type { PageSection } from '../pages/section.ts';
import { isAhead, mayArrange, mayRead } from '../rules.ts';
import { listCarried } from './data.ts';
import { PromiseList } from './list.tsx';
import { promisesText as text } from './text.ts';

export const promisesSection: PageSection = async (c, loaded, actor) => {
  const circle = circleOf(loaded);
  if (!mayRead(actor, circle) || !isAhead(loaded.meeting.status)) return null;
  const promises = await listCarried(c.get('scope'), actor, loaded);
  if (promises.length === 0) return null;
  return (
    <section>
      <h2>{text.carried}</h2>
      <PromiseList c={c} actor={actor} promises={promises} isArranger={mayArrange(actor, circle)} />
    </section>
  );
};
