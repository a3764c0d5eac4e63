/** The page on which a case is held, or let go. */
import type { Context } from 'hono';
import { formatLongDate, japanDate } from '../../../../lib/jst.ts';
import { FormToken } from '../../../../web/frame.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import { webText } from '../../../../web/text.ts';
import { STATUSES } from '../../words.ts';
import type { RetainedCase } from '../overview/data.ts';
import { retentionText as text } from '../text.ts';

const { columns } = text;

interface HoldProps {
  c: Context<PageEnv>;
  of: RetainedCase;
  /** The hold in force, with its reason for those who may read it: then a fault is that somebody was first. */
  held: { reason: string | undefined } | undefined;
  fault: { sentence: string; typed: string } | undefined;
}

export function HoldPage({ c, of, held, fault }: HoldProps) {
  return (
    <>
      {fault && held ? (
        <div class="notice error" role="alert">
          <p>{fault.sentence}</p>
          <p class="panel typed">{fault.typed}</p>
        </div>
      ) : null}
      <dl class="facts">
        <dt>{columns.center}</dt>
        <dd>{of.center}</dd>
        <dt>{columns.status}</dt>
        <dd>{STATUSES[of.status]}</dd>
        <dt>{columns.ended}</dt>
        <dd>{of.endedAt ? formatLongDate(japanDate(of.endedAt)) : text.none}</dd>
        <dt>{columns.eraseOn}</dt>
        <dd>{of.eraseOn ? formatLongDate(of.eraseOn) : text.none}</dd>
        {of.heldAt ? (
          <>
            <dt>{columns.heldBy}</dt>
            <dd>{of.heldBy === null ? text.none : text.by(of.heldBy)}</dd>
            <dt>{columns.heldOn}</dt>
            <dd>{formatLongDate(japanDate(of.heldAt))}</dd>
          </>
        ) : null}
      </dl>
      {held ? <LiftForm c={c} of={of} reason={held.reason} /> : <HoldForm c={c} of={of} fault={fault} />}
      <p>
        <a href="/retention">{text.back}</a>
      </p>
    </>
  );
}

function HoldForm({ c, of, fault }: Pick<HoldProps, 'c' | 'of' | 'fault'>) {
  return (
    <form method="post" action={`/retention/${of.reference}/hold`}>
      <FormToken c={c} />
      <p>{text.hold.lead}</p>
      <div class={fault ? 'field faulty' : 'field'}>
        <label for="reason">
          {text.hold.reason}
          <span class="mark required">{webText.required}</span>
        </label>
        <p class="hint" id="reason-hint">
          {text.hold.reasonHint}
        </p>
        {fault ? (
          <p class="fault" id="reason-fault">
            {fault.sentence}
          </p>
        ) : null}
        <textarea
          id="reason"
          name="reason"
          rows={4}
          aria-required="true"
          aria-describedby={fault ? 'reason-hint reason-fault' : 'reason-hint'}
          {...(fault ? { 'aria-invalid': 'true' as const } : {})}
        >{`\n${fault?.typed ?? ''}`}</textarea>
      </div>
      <button class="button primary" type="submit">
        {text.hold.submit}
      </button>
    </form>
  );
}

function LiftForm({ c, of, reason }: Pick<HoldProps, 'c' | 'of'> & { reason: string | undefined }) {
  return (
    <form method="post" action={`/retention/${of.reference}/lift`}>
      <FormToken c={c} />
      <h2>{text.lift.reason}</h2>
      {reason === undefined ? <p class="quiet">{text.lift.reasonHidden}</p> : <p class="typed">{reason}</p>}
      <p class="notice warning">{text.lift.warning}</p>
      <button class="button danger" type="submit">
        {text.lift.submit}
      </button>
    </form>
  );
}
