/** The page of one modal: its blocks in one form, faults summed up on top, and a way back. */
import type { Context } from 'hono';
import type { FormValues } from '../../slack/form.ts';
import { FormToken } from '../frame.tsx';
import type { PageEnv } from '../page-env.ts';
import { webText as text } from '../text.ts';
import { Blocks } from './blocks.tsx';
import { fieldId } from './fields.tsx';
import { Mrkdwn, type Names } from './mrkdwn.tsx';
import type { PageView } from './view.ts';

export interface ModalFormProps {
  c: Context<PageEnv>;
  view: PageView;
  viewId: string;
  values: FormValues;
  faults: Readonly<Record<string, string>>;
  names: Names;
  back: string;
  leading: ReadonlySet<string>;
}

export function ModalForm({ c, view, viewId, values, faults, names, back, leading }: ModalFormProps) {
  return (
    <>
      <FaultSummary faults={faults} view={view} />
      <form method="post" action="/modal/submit">
        {/* Enter in a field sends the form, not the first of the buttons above it. */}
        {view.submit ? (
          <button type="submit" class="default-submit" hidden>
            {view.submit.text}
          </button>
        ) : null}
        <FormToken c={c} />
        <input type="hidden" name="view_id" value={viewId} />
        <input type="hidden" name="back" value={back} />
        <input type="hidden" name="view" value={JSON.stringify(view)} />
        <Blocks view={view} values={values} faults={faults} names={names} leading={leading} />
        <ul class="buttons">
          {view.submit ? (
            <li>
              <button class="button primary" type="submit">
                {view.submit.text}
              </button>
            </li>
          ) : null}
          {back === c.req.path ? null : (
            <li>
              <a class="button plain" href={back}>
                {text.back}
              </a>
            </li>
          )}
        </ul>
      </form>
    </>
  );
}

/** A sentence in answer to a press: usually why not. */
export function Said({ sentence, names, back }: { sentence: string; names: Names; back: string }) {
  return (
    <>
      <p class="notice" role="status">
        <Mrkdwn text={sentence} names={names} />
      </p>
      <p>
        <a class="button" href={back}>
          {text.back}
        </a>
      </p>
    </>
  );
}

function FaultSummary({ faults, view }: Pick<ModalFormProps, 'faults' | 'view'>) {
  const labels = new Map(
    view.blocks.flatMap((block) => (block.type === 'input' ? [[block.block_id, block.label.text]] : [])),
  );
  const places = [...labels.keys()];
  // In the order of the fields; what belongs to none stands first.
  const entries = Object.entries(faults).sort(
    ([one], [other]) => places.indexOf(one) - places.indexOf(other),
  );
  if (entries.length === 0) return null;
  return (
    <div class="notice error" role="alert">
      <h2>{text.errorSummary(entries.length)}</h2>
      <ul>
        {entries.map(([field, sentence]) => (
          <li>
            <a href={`#${fieldId(field)}`}>
              {labels.has(field) ? `${labels.get(field)}：` : ''}
              {sentence}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
