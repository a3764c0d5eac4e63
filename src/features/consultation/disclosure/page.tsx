/** The page of a resident's request. */
import type { Context } from 'hono';
import { formatLongDate, type JapanDate } from '../../../lib/jst.ts';
import type { PageEnv } from '../../../web/page-env.ts';
import { casePath } from '../pages/paths.ts';
import type { ResidentRequest } from './data.ts';
import { DaysLeft } from './days-left.tsx';
import { AreaField, ChoiceField, OwnFields, TextField } from './fields.tsx';
import { extendedDay, isPending, OUTCOMES } from './rules.ts';
import type { FormFaults } from './schema.ts';
import { disclosureText as text } from './text.ts';
import { REQUEST_STATES } from './words.ts';

const { columns, fields } = text;

interface RequestProps {
  c: Context<PageEnv>;
  today: JapanDate;
  request: ResidentRequest;
  reference: string;
  opened: { note: string | null; settlement: string | null };
  mayDisclose: boolean;
  form: FormFaults;
}

export function RequestPage({ c, today, request, reference, opened, mayDisclose, form }: RequestProps) {
  const isOpen = isPending(request.state);
  return (
    <>
      <Overtaken form={form} />
      <dl class="facts">
        <dt>{columns.state}</dt>
        <dd>{REQUEST_STATES[request.state]}</dd>
        <dt>{columns.received}</dt>
        <dd>{formatLongDate(request.receivedOn)}</dd>
        <dt>{columns.due}</dt>
        <dd>
          {formatLongDate(request.dueOn)} <DaysLeft of={request} today={today} />
        </dd>
        {request.settledOn ? (
          <>
            <dt>{columns.settled}</dt>
            <dd>{formatLongDate(request.settledOn)}</dd>
          </>
        ) : null}
        {opened.note ? (
          <>
            <dt>{text.note}</dt>
            <dd class="typed">{opened.note}</dd>
          </>
        ) : null}
        {opened.settlement ? (
          <>
            <dt>{text.settlement}</dt>
            <dd class="typed">{opened.settlement}</dd>
          </>
        ) : null}
      </dl>
      <ul class="buttons">
        {isOpen && mayDisclose && request.kind === 'disclosure' ? (
          <li>
            <a class="button" href={`${casePath(reference)}/disclosure?request=${request.id}`}>
              {text.makeCopy}
            </a>
          </li>
        ) : null}
        <li>
          <a class="button plain" href={casePath(reference)}>
            {text.openCase}
          </a>
        </li>
      </ul>
      {isOpen ? <SettleForm c={c} request={request} today={today} form={form} /> : null}
      {request.state === 'open' ? <ExtendForm c={c} request={request} form={form} /> : null}
      <p>
        <a href="/requests">{text.back}</a>
      </p>
    </>
  );
}

/** Somebody was first: what was typed has no form any more, and can be copied. */
function Overtaken({ form: { typed, faults } }: Pick<RequestProps, 'form'>) {
  if (faults.overtaken === undefined) return null;
  const words = [typed.words, typed.reason].filter((each) => each !== undefined && each !== '');
  return (
    <div class="notice error" role="alert">
      <p>{faults.overtaken}</p>
      {words.map((each) => (
        <p class="panel typed">{each}</p>
      ))}
    </div>
  );
}

function SettleForm({
  c,
  request,
  today,
  form: { typed, faults },
}: Pick<RequestProps, 'c' | 'request' | 'today' | 'form'>) {
  const outcomes = OUTCOMES.map((state) => [state, REQUEST_STATES[state]] as const);
  return (
    <form method="post" action={`/requests/${request.id}/settle`}>
      <OwnFields c={c} />
      <h2>{text.settleHeading}</h2>
      <ChoiceField
        name="state"
        {...fields.state}
        choices={outcomes}
        value={typed.state}
        fault={faults.state}
      />
      <TextField
        type="date"
        name="settledOn"
        {...fields.settledOn}
        value={typed.settledOn ?? today}
        fault={faults.settledOn}
      />
      <AreaField name="words" {...fields.words} isOptional value={typed.words} fault={faults.words} />
      <button class="button primary" type="submit">
        {text.settle}
      </button>
    </form>
  );
}

function ExtendForm({ c, request, form: { typed, faults } }: Pick<RequestProps, 'c' | 'request' | 'form'>) {
  return (
    <form method="post" action={`/requests/${request.id}/extend`}>
      <OwnFields c={c} />
      <h2>{text.extendHeading}</h2>
      <p>{text.extendLead(formatLongDate(extendedDay(request.dueOn)))}</p>
      <AreaField name="reason" {...fields.reason} value={typed.reason} fault={faults.reason} />
      <button class="button" type="submit">
        {text.extend}
      </button>
    </form>
  );
}
