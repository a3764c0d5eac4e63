/** Looks for personal data in what somebody wrote in a card's thread, with the case's own record to compare. */
import { readMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Scope } from '../../../slack/scope.ts';
import { recordAlone } from '../../../vault/audit.ts';
import { loadDetector } from '../../../vault/personal-data/detector.ts';
import type { FindingKind } from '../../../vault/personal-data/finding.ts';
import type { Actor } from '../../directory/actor.ts';
import { openCaseKeyOf, openContent } from '../content/data.ts';
import { type LoadedConsultation, standingOf } from '../data.ts';
import { SUBJECT_FIELDS } from '../tables.ts';
import { maySee } from '../visibility/rules.ts';
import { listCaseStaff } from './data.ts';

/** A text of Slack as people read it, and the kinds of personal data in it: empty when nothing was found. */
export interface Examined {
  words: string;
  kinds: FindingKind[];
}

/** The job that compares thread messages with the record. */
export const THREAD_JOB = 'thread';

/**
 * Opens the case's record for the comparison, and logs that; not for an author who may not see the case: the warning would
 * tell her whether a guess is right.
 */
export async function openExaminer(
  scope: Scope,
  author: Actor,
  loaded: LoadedConsultation,
): Promise<(text: string) => Examined> {
  const [detector, colleagues, known] = await Promise.all([
    loadDetector(),
    listCaseStaff(scope.db, loaded),
    maySee(author, standingOf(loaded)) ? openKnownValues(scope, loaded, THREAD_JOB) : [],
  ]);
  const names = new Map(colleagues.map(({ slackUserId, name }) => [slackUserId, name]));
  return (text) => {
    const words = readMrkdwn(text, (id) => names.get(id));
    const findings = detector.find(words, { known, colleagues: [...names.values()] });
    return { words, kinds: [...new Set(findings.map(({ kind }) => kind))] };
  };
}

/**
 * What identifies the resident, opened for a comparison and logged as `consultation.<job>_check`. The age does not: a number of
 * two digits stands in many texts.
 */
export async function openKnownValues(
  scope: Scope,
  { consultation: of }: LoadedConsultation,
  job: string,
): Promise<string[]> {
  if (of.kind !== 'individual') return [];
  await recordAlone(scope.db, {
    at: scope.now,
    actor: `job:${job}`,
    action: `consultation.${job}_check`,
    outcome: 'done',
    surface: 'job',
    caseId: of.id,
  });
  const { subject } = await openContent(scope.db, await openCaseKeyOf(scope, of.id), of);
  return SUBJECT_FIELDS.flatMap((field) => (field === 'subjectAge' ? [] : (subject[field] ?? [])));
}
