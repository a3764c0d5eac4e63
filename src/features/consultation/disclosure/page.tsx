/** The tracker of residents' requests, and the page of one. */
import type { Context } from 'hono';
import { daysBetween, formatLongDate, type JapanDate } from '../../../lib/jst.ts';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { casePath } from '../pages/paths.ts';
import type { ListedRequest, ResidentRequest } from './data.ts';
import { AreaField, ChoiceField, TextField } from './fields.tsx';
import { extendedDay, isPending, OUTCOMES } from './rules.ts';
import { FORM_ID, type FormFaults } from './schema.ts';
import { disclosureText as text } from './text.ts';
import { REQUEST_KINDS, REQUEST_STATES } from './words.ts';

const { columns, fields } = text;

export const NO_FAULTS: FormFaults = { typed: {}, faults: {} };

interface TrackerProps {
  c: Context<PageEnv>;
  today: JapanDate;
  open: readonly ListedRequest[];
  settled: readonly ListedRequest[];
  form: FormFaults;
}

export function TrackerPage({ c, today, open, settled, form }: TrackerProps) {
  return (
    <>
      <p>{text.lead}</p>
      <h2>{text.open}</h2>
      {open.length === 0 ? (
        <p class="quiet">{text.nothingOpen}</p>
      ) : (
        <RequestTable caption={text.open} requests={open} today={today} />
      )}
      <h2>{text.add}</h2>
      <AddForm c={c} today={today} form={form} />
      <h2>{text.settled}</h2>
      {settled.length === 0 ? (
        <p class="quiet">{text.nothingSettled}</p>
      ) : (
        <RequestTable caption={text.settled} requests={settled} today={today} />
      )}
    </>
  );
}

function RequestTable({
  caption,
  requests,
  today,
}: {
  caption: string;
  requests: readonly ListedRequest[];
  today: JapanDate;
}) {
  return (
    <div class="scroll">
      <table class="stacked">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.reference}</th>
            <th scope="col">{columns.kind}</th>
            <th scope="col">{columns.received}</th>
            <th scope="col">{columns.due}</th>
            <th scope="col">{columns.state}</th>
            <th scope="col">{columns.settled}</th>
            <th scope="col">{columns.open}</th>
          </tr>
        </thead>
        <tbody>
          {requests.map((each) => (
            <tr>
              <th scope="row">{each.reference}</th>
              <td data-label={columns.kind}>{REQUEST_KINDS[each.kind]}</td>
              <td data-label={columns.received}>{formatLongDate(each.receivedOn)}</td>
              <td data-label={columns.due}>
                {formatLongDate(each.dueOn)} <Left of={each} today={today} />
              </td>
              <td data-label={columns.state}>{REQUEST_STATES[each.state]}</td>
              <td data-label={columns.settled}>{each.settledOn ? formatLongDate(each.settledOn) : ''}</td>
              <td>
                <a
                  href={`/requests/${each.id}`}
                  aria-label={text.openOf(each.reference, REQUEST_KINDS[each.kind])}
                >
                  {text.openLink}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How many days are left, or that none is. */
function Left({ of, today }: { of: Pick<ListedRequest, 'state' | 'dueOn'>; today: JapanDate }) {
  if (!isPending(of.state)) return null;
  const days = daysBetween(today, of.dueOn);
  return <span class={days < 1 ? 'tag urgent' : 'tag'}>{days < 0 ? text.overdue : text.daysLeft(days)}</span>;
}

/** What every form here carries: it is of this session, and takes effect once. */
function OwnFields({ c }: { c: Context<PageEnv> }) {
  return (
    <>
      <FormToken c={c} />
      <input type="hidden" name={FORM_ID} value={crypto.randomUUID()} />
    </>
  );
}

function AddForm({ c, today, form: { typed, faults } }: Pick<TrackerProps, 'c' | 'today' | 'form'>) {
  const kinds = Object.entries(REQUEST_KINDS);
  return (
    <form method="post" action="/requests">
      <OwnFields c={c} />
      <TextField
        type="text"
        name="reference"
        {...fields.reference}
        value={typed.reference ?? c.req.query('case')}
        fault={faults.reference}
      />
      <ChoiceField name="kind" {...fields.kind} choices={kinds} value={typed.kind} fault={faults.kind} />
      <TextField
        type="date"
        name="receivedOn"
        {...fields.receivedOn}
        value={typed.receivedOn ?? today}
        fault={faults.receivedOn}
      />
      <AreaField name="note" {...fields.note} isOptional value={typed.note} fault={faults.note} />
      <button class="button primary" type="submit">
        {text.submit}
      </button>
    </form>
  );
}

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
          {formatLongDate(request.dueOn)} <Left of={request} today={today} />
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
