/** The tracker of residents' requests: what is open, what was settled, and the form of a new one. */
import type { Context } from 'hono';
import { formatLongDate, type JapanDate } from '../../../../lib/jst.ts';
import type { PageEnv } from '../../../../web/page-env.ts';
import type { ListedRequest } from '../data.ts';
import { DaysLeft } from '../days-left.tsx';
import { AreaField, ChoiceField, OwnFields, TextField } from '../fields.tsx';
import type { FormFaults } from '../schema.ts';
import { disclosureText as text } from '../text.ts';
import { REQUEST_KINDS, REQUEST_STATES } from '../words.ts';

const { columns, fields } = text;

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
                {formatLongDate(each.dueOn)} <DaysLeft of={each} today={today} />
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
