/** The page on which a center ticks off whom it checked: one press each, on a phone in the street. */
import type { Context } from 'hono';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { RollCall } from '../data.ts';
import { rollCallPath } from '../paths.ts';
import { nameOf } from '../text.ts';
import { CHECK_WORDS, CHECKS } from '../words.ts';
import { checksPath, PRIORITY_PATH } from './paths.ts';
import type { CheckedResident } from './residents/data.ts';
import { priorityText } from './text.ts';

const text = priorityText.checks;

export interface ChecksPageProps {
  c: Context<PageEnv>;
  rollCall: RollCall;
  residents: readonly CheckedResident[];
  isDone: boolean;
}

export function ChecksPage({ c, rollCall, residents, isDone }: ChecksPageProps) {
  const isRunning = rollCall.status === 'running';
  const of = (wanted: CheckedResident['found']) => residents.filter(({ found }) => found === wanted).length;
  return (
    <>
      <p>
        <strong>{nameOf(rollCall)}</strong>
      </p>
      {isDone ? (
        <p class="notice done" role="status">
          {text.saved}
        </p>
      ) : null}
      {rollCall.kind === 'drill' ? <p class="notice warning">{text.drill}</p> : null}
      <p>{text.counts(of('safe') + of('help'), residents.length, of('help'), of('absent'))}</p>
      {residents.length === 0 ? <p>{text.noList}</p> : <p>{isRunning ? text.lead : text.over}</p>}
      {residents.map((resident) => (
        <ResidentCheck c={c} rollCall={rollCall} resident={resident} isRunning={isRunning} />
      ))}
      <ul class="buttons">
        <li>
          <a class="button plain" href={rollCallPath(rollCall.reference)}>
            {text.back}
          </a>
        </li>
        <li>
          <a class="button plain" href={PRIORITY_PATH}>
            {text.prepare}
          </a>
        </li>
      </ul>
    </>
  );
}

interface ResidentCheckProps extends Pick<ChecksPageProps, 'c' | 'rollCall'> {
  resident: CheckedResident;
  isRunning: boolean;
}

function ResidentCheck({ c, rollCall, resident, isRunning }: ResidentCheckProps) {
  const { id, name, contact, found, at, byName } = resident;
  return (
    <section class="panel" id={`r-${id}`}>
      <h2>{name}</h2>
      {contact === null ? null : <p class="typed">{contact}</p>}
      <p>{found === null || at === null ? text.unseen : text.found(found, byName ?? '', at)}</p>
      {isRunning ? (
        <form method="post" action={checksPath(rollCall.reference)}>
          <FormToken c={c} />
          <input type="hidden" name="resident" value={id} />
          <ul class="buttons">
            {CHECKS.map((check) => (
              <li>
                <button
                  class={check === found ? 'button primary' : 'button'}
                  type="submit"
                  name="found"
                  value={check}
                  aria-label={text.label(name, check)}
                  {...(check === found ? { 'aria-pressed': 'true' as const } : {})}
                >
                  {CHECK_WORDS[check]}
                </button>
              </li>
            ))}
          </ul>
        </form>
      ) : null}
    </section>
  );
}
