/** Cases in a list: references, controlled words, names of centers and staff; nothing that was typed about a case. */
import { formatInstant } from '../../../../lib/jst.ts';
import type { ListedCase } from '../../listing/data.ts';
import { STATUSES, URGENCIES } from '../../words.ts';
import { casePath } from '../paths.ts';
import { listText as text } from './text.ts';

export function CaseCards({ cases, now }: { cases: readonly ListedCase[]; now: Date }) {
  return (
    <ul class="cards">
      {cases.map((of) => (
        <li>
          <p class="name">
            <a href={casePath(of.reference)}>{of.reference}</a>{' '}
            <span class={of.urgency === 'urgent' ? 'tag urgent' : 'tag'}>{URGENCIES[of.urgency].label}</span>{' '}
            <span class="tag">{STATUSES[of.status]}</span>{' '}
            {of.isRestricted ? <span class="tag restricted">{text.restricted}</span> : null}
          </p>
          <dl class="facts in-line">
            <Fact label={text.center} value={of.center} />
            <Fact label={text.person} value={of.nameInCharge ?? text.nobody} />
            <Fact label={text.sentOn} value={formatInstant(of.submittedAt)} />
            <Due of={of} now={now} />
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Fact({ label, value, isLate }: { label: string; value: string; isLate?: boolean }) {
  return (
    <div class={isLate ? 'late' : undefined}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Due({ of: { dueAt }, now }: { of: ListedCase; now: Date }) {
  if (dueAt === null) return <Fact label={text.due} value={text.noDue} />;
  const isLate = dueAt < now;
  return <Fact label={isLate ? text.overdue : text.due} value={formatInstant(dueAt)} isLate={isLate} />;
}
