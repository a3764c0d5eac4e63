/** Whom an investigation is about, and when. */
import { isCalendarDate } from '../../../../lib/jst.ts';
import { isSlackId } from '../schema.ts';

/** At least one of `staff` and `session`. */
export interface Investigation {
  staff?: string;
  session?: string;
  since: Date;
  /** Undefined: until now. */
  until?: Date;
}

export const INVESTIGATION_FIELDS = ['staff', 'since', 'until', 'session'] as const;
export type InvestigationField = (typeof INVESTIGATION_FIELDS)[number];

export type ReadInvestigation =
  | { ok: true; value: Investigation }
  | { ok: false; faults: readonly InvestigationField[] };

/** @param asked what was asked for by a field; empty for nothing */
export function readInvestigation(asked: (field: InvestigationField) => string): ReadInvestigation {
  const [staff, session] = [asked('staff'), asked('session')];
  const [since, until] = [readInstant(asked('since')), readInstant(asked('until'))];
  const isRight: Record<InvestigationField, boolean> = {
    staff: staff === '' ? session !== '' : isSlackId(staff),
    since: since !== undefined,
    until: asked('until') === '' || (until !== undefined && until > (since ?? new Date(0))),
    session: session === '' || isSessionName(session),
  };
  const faults = INVESTIGATION_FIELDS.filter((field) => !isRight[field]);
  if (faults.length > 0 || !since) return { ok: false, faults };
  return {
    ok: true,
    value: { since, ...(staff && { staff }), ...(session && { session }), ...(until && { until }) },
  };
}

/** As `web/sessions.ts` names them. */
function isSessionName(text: string): boolean {
  return /^[0-9a-f]{16}$/.test(text);
}

/** `2026-11-01`, `2026-11-01T09:00`, with seconds or a zone if wanted; without one it is Japan's time. */
export function readInstant(text: string): Date | undefined {
  const [, day = '', time = '00:00', zone = '+09:00'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?(Z|[+-]\d\d:\d\d)?$/.exec(text.trim()) ?? [];
  if (!isCalendarDate(day)) return undefined;
  const at = new Date(`${day}T${time}${zone}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** An investigation as the audit log keeps it. */
export function detailOf({ staff, session, since, until }: Investigation): Record<string, string | null> {
  return {
    staff: staff ?? null,
    sitting: session ?? null,
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
  };
}
