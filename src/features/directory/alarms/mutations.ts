/**
 * What happens when a value of the record does not open: the admins hear of it by DM, the audit log keeps it, and whoever needed the
 * value is told why. All surfaces and jobs bring their faults here.
 */
import { isUniqueViolation, runBatch } from '../../../lib/db.ts';
import { isIdentifier, logError, logWarning } from '../../../lib/log.ts';
import { isRecord } from '../../../lib/record.ts';
import { enqueue } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type AuditEvent, appendEntry, chainHead, nextEntry } from '../../../vault/audit.ts';
import { VaultError } from '../../../vault/key-ring.ts';
import { countWrapped, inspectKey, type KeyState } from '../../../vault/rotation/data.ts';
import { listAdmins } from '../data.ts';
import { ALARM_ACTION, wasRaisedToday } from './data.ts';
import { alarmText } from './text.ts';

/** Other changes of the city's chain may come in between. */
const ATTEMPTS = 5;

interface Alarm {
  /** What it is about: one alarm about it a day. */
  about: string;
  /** As a DM says it. */
  text: string;
  caseId: string | null;
  detail: NonNullable<AuditEvent['detail']>;
}

/**
 * Raises the alarm when a value of the record did not open: missing or wrong key, or a value that was altered or moved. Never throws,
 * since its callers are dealing with a fault already.
 * @param error whatever was thrown; wrapped errors are looked into
 * @param actor who came upon it: the Slack id of the person, or the name of the job
 * @param fitting keys that are known to open other values: with them, a value that does not open was altered
 * @returns the sentence for the person who needed the value; undefined when the fault is none of the vault's
 */
export async function reportVaultFault(
  scope: Scope,
  error: unknown,
  actor: string,
  fitting: ReadonlySet<string> = new Set(),
): Promise<string | undefined> {
  const fault = vaultErrorIn(error);
  if (!fault) return undefined;
  try {
    const { keyId, place } = fault;
    const isKeyRight = keyId === undefined || fitting.has(keyId);
    const state = isKeyRight ? 'fits' : await inspectKey(scope, keyId);
    if (isKeyRight || state === 'fits') {
      await raiseAlarm(scope, actor, alteredAlarm(place));
      return alarmText.altered;
    }
    await alarmOnKey(scope, actor, keyId, state);
  } catch (failure) {
    logError('alarm.not_raised', failure);
  }
  return sentenceOf(fault);
}

/** Raises the alarm about a key that does not open what it should. */
export async function alarmOnKey(
  scope: Scope,
  actor: string,
  keyId: string,
  state: Exclude<KeyState, 'fits'>,
): Promise<void> {
  const key = nameOf(keyId);
  const about = `key:${state}:${key}`;
  // Counting reads a row for each case: not for each of a thousand requests that fail alike.
  if (await wasRaisedToday(scope.db, about, scope.now)) return;
  const count = await countWrapped(scope.db, keyId);
  await raiseAlarm(scope, actor, {
    about,
    text: alarmText[state === 'missing' ? 'missingKey' : 'wrongKey'](key, count),
    caseId: null,
    detail: { key, state, keys: count },
  });
}

function sentenceOf({ code, keyId }: VaultError): string {
  if (keyId === undefined) return alarmText.altered;
  return code === 'unknown-key' ? alarmText.keyMissing(nameOf(keyId)) : alarmText.keyWrong(nameOf(keyId));
}

function alteredAlarm(place: VaultError['place']): Alarm {
  const { table = '', column = '', row = '' } = place ?? {};
  const shown = nameOf(row);
  // The rows of a case's values begin with its id.
  const [caseId = null] = shown.split('/');
  return {
    about: `value:${table}.${column}:${shown}`,
    text: alarmText.alteredValue(`${table}.${column}`, shown),
    caseId,
    detail: { table, column, row: shown },
  };
}

/** In the log at once; in the audit log and by DM once a day. Both in one batch, so that of two who come upon it at once one tells. */
async function raiseAlarm(scope: Scope, actor: string, alarm: Alarm): Promise<void> {
  const { db, now } = scope;
  logWarning(ALARM_ACTION, { about: alarm.about });
  const admins = await listAdmins(db);
  const notices = admins.map(
    (person) => ({ kind: 'direct', person, message: { text: alarm.text } }) as const,
  );
  for (let attempt = 1; ; attempt += 1) {
    const head = await chainHead(db, 'city');
    if (await wasRaisedToday(db, alarm.about, now)) return;
    const entry = await nextEntry('city', head, {
      at: now,
      actor,
      ...scope.origin,
      action: ALARM_ACTION,
      outcome: 'refused',
      caseId: alarm.caseId,
      detail: { about: alarm.about, ...alarm.detail, told: admins.length },
    });
    try {
      await runBatch(db, [
        appendEntry(db, entry),
        ...(notices.length > 0 ? [enqueue(db, notices, now)] : []),
      ]);
      scope.wakeCourier();
      return;
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Bolt wraps what its listeners throw, drizzle what D1 throws. */
function vaultErrorIn(error: unknown): VaultError | undefined {
  if (error instanceof VaultError) return error;
  if (!isRecord(error)) return undefined;
  const inner = [error.cause, error.original, ...(Array.isArray(error.originals) ? error.originals : [])];
  for (const each of inner) {
    const found = vaultErrorIn(each);
    if (found) return found;
  }
  return undefined;
}

/** Names come out of the database, which may have been written to by others: what does not look like one is not shown. */
function nameOf(text: string): string {
  return isIdentifier(text) ? text : '?';
}
