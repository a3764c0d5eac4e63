/**
 * When → which job. The cron runs every minute; a job may run late or twice and must bear both. The free plan has 50 queries for an
 * invocation, which a quiet minute nearly takes: what must work in a disaster has invocations of its own (`index.ts`).
 */

import { flagUnusualReading } from './features/consultation/access-log/watching/jobs.ts';
import { resumeWaitedOut } from './features/consultation/asking/jobs.ts';
import { settleLeftCases } from './features/consultation/assigning/jobs.ts';
import { closeUnanswered } from './features/consultation/closing/jobs.ts';
import { remindOfRequests } from './features/consultation/disclosure/jobs.ts';
import { removeOrphans } from './features/consultation/files/jobs.ts';
import { removeFilesOf } from './features/consultation/files/objects.ts';
import { expireOffers } from './features/consultation/handover/jobs.ts';
import { remindOfDeadlines, reviewDeadlines, sendDigests } from './features/consultation/reminding/jobs.ts';
import { announceDueErasures, eraseDue } from './features/consultation/retention/jobs.ts';
import { checkDataKeys, rewrapCaseKeys } from './features/directory/alarms/jobs.ts';
import { reportVaultFault } from './features/directory/alarms/mutations.ts';
import {
  checkLatestAudit,
  checkWholeAudit,
  reportFailedDeliveries,
  reportUndeliveredMail,
} from './features/directory/jobs.ts';
import { forgetAsked, forgetTyped } from './features/faq/asking/jobs.ts';
import { forgetDraftsOfErasedCases } from './features/faq/drafting/jobs.ts';
import { takeOverCityFaq } from './features/faq/exchange/jobs.ts';
import { checkFaqIndex, followFaqIndex } from './features/faq/indexing/jobs.ts';
import { groupUnanswered } from './features/faq/questions/grouping/jobs.ts';
import { remindOfQuestions } from './features/faq/questions/reminding/jobs.ts';
import { remindOfReviews } from './features/faq/reviewing/jobs.ts';
import { remindOfAgendas } from './features/meeting/agenda/jobs.ts';
import { endMeetings, remindOfMeetings } from './features/meeting/attendance/jobs.ts';
import { showNearMeetings } from './features/meeting/cards/jobs.ts';
import { followDirectory } from './features/meeting/changing/seating/jobs.ts';
import { askForMinutes } from './features/meeting/minutes/jobs.ts';
import { makePlannedMeetings } from './features/meeting/planning/jobs.ts';
import { closeDuePolls, remindOfPolls } from './features/meeting/poll/jobs.ts';
import { remindOfPromises } from './features/meeting/promises/jobs.ts';
import { settleLeftApplicants } from './features/meeting/training/jobs.ts';
import { remindOfCourses } from './features/meeting/training/outside/jobs.ts';
import { askTrainingSurveys } from './features/meeting/training/survey/jobs.ts';
import { refreshBoards } from './features/roll-call/board/jobs.ts';
import { chaseSilent } from './features/roll-call/chasing/jobs.ts';
import { endForgotten } from './features/roll-call/ending/jobs.ts';
import { tellReports } from './features/roll-call/figures/jobs.ts';
import { followDirectoryInRollCalls } from './features/roll-call/following/jobs.ts';
import { askForLessons, remindOfImprovements } from './features/roll-call/lessons/telling/jobs.ts';
import { mailThoseWhoJoined } from './features/roll-call/links/mailing/jobs.ts';
import { lookAfterPlanned } from './features/roll-call/making/jobs.ts';
import { remindOfYearlyDrill } from './features/roll-call/making/yearly/jobs.ts';
import { type JapanDate, japanDate } from './lib/jst.ts';
import { logError } from './lib/log.ts';
import { deliverMail, purgeMail } from './mail/jobs.ts';
import { purgeSettled } from './slack/courier-queue.ts';
import type { Scope } from './slack/scope.ts';
import { closeEndedDays } from './vault/audit-digest.ts';
import { purgeSessions } from './web/sessions.ts';
import { purgeAttempts } from './web/sign-in/attempts.ts';

interface Job {
  name: string;
  /** The minute of each hour at which it runs; without it, every minute. What is due once a day finds that out itself, so that a missed run costs an hour, not a day. */
  minute?: number;
  run(scope: Scope): Promise<unknown>;
}

const KEEP_SETTLED_MS = 7 * 24 * 60 * 60_000;
const PURGED_A_RUN = 1000;

/** In the order in which they run. */
export const PARTS = ['roll-calls', 'silent', 'rest', 'faq', 'mail'] as const;
export type Part = (typeof PARTS)[number];

const REST: readonly Job[] = [
  { name: 'resume-waited-out', run: resumeWaitedOut },
  { name: 'report-failed-deliveries', run: reportFailedDeliveries },
  // Before the reminders: what ended by itself is not reminded of.
  { name: 'expire-offers', run: expireOffers },
  { name: 'close-unanswered', run: closeUnanswered },
  // Before the reminders, which then go to whoever is in charge from now on.
  { name: 'settle-left-cases', run: settleLeftCases },
  { name: 'remind-of-deadlines', run: remindOfDeadlines },
  { name: 'send-digests', run: sendDigests },
  { name: 'review-deadlines', run: reviewDeadlines },
  // Ten minutes after midnight, so that whatever began before it has been written.
  {
    name: 'close-audit-day',
    minute: 10,
    run: ({ db, now }) => closeEndedDays(db, earlier(japanDate(now), japanDate(new Date())), now),
  },
  { name: 'check-latest-audit', minute: 20, run: checkLatestAudit },
  { name: 'check-whole-audit', run: checkWholeAudit },
  { name: 'flag-unusual-reading', run: flagUnusualReading },
  {
    name: 'purge-outbox',
    minute: 30,
    run: ({ db, now }) => purgeSettled(db, new Date(now.getTime() - KEEP_SETTLED_MS), PURGED_A_RUN),
  },
  { name: 'purge-mail', minute: 30, run: purgeMail },
  { name: 'purge-sessions', minute: 35, run: forgetEndedSessions },
  { name: 'check-keys', minute: 40, run: checkDataKeys },
  { name: 'rewrap-keys', run: rewrapCaseKeys },
  { name: 'remind-of-requests', minute: 0, run: remindOfRequests },
  { name: 'remove-orphaned-files', run: removeOrphans },
  { name: 'announce-erasures', minute: 0, run: announceDueErasures },
  { name: 'erase-due', run: (scope) => eraseDue(scope, (caseId) => removeFilesOf(scope.files, caseId)) },
  // Before all that tells seats of meetings: it then goes to whoever has them from now on.
  { name: 'follow-directory', run: followDirectory },
  { name: 'close-polls', run: closeDuePolls },
  { name: 'remind-of-polls', run: remindOfPolls },
  { name: 'settle-left-applicants', run: settleLeftApplicants },
  { name: 'remind-of-courses', run: remindOfCourses },
  { name: 'ask-training-surveys', run: askTrainingSurveys },
  { name: 'make-planned-meetings', run: makePlannedMeetings },
  { name: 'show-near-meetings', run: showNearMeetings },
  { name: 'remind-of-agendas', run: remindOfAgendas },
  { name: 'remind-of-meetings', run: remindOfMeetings },
  // Before its minutes are asked for.
  { name: 'end-meetings', run: endMeetings },
  { name: 'ask-for-minutes', run: askForMinutes },
  { name: 'remind-of-promises', run: remindOfPromises },
];

const ROLL_CALLS: readonly Job[] = [
  // Before all that asks the people of a roster: it is drawn, follows the directory, and asks nobody after its end.
  { name: 'look-after-planned-roll-calls', run: lookAfterPlanned },
  { name: 'end-forgotten-roll-calls', run: endForgotten },
  { name: 'follow-directory-in-roll-calls', run: followDirectoryInRollCalls },
  { name: 'remind-of-yearly-drill', minute: 0, run: remindOfYearlyDrill },
  { name: 'mail-roll-calls', run: mailThoseWhoJoined },
  { name: 'refresh-boards', run: refreshBoards },
  { name: 'ask-for-lessons', run: askForLessons },
  { name: 'remind-of-improvements', run: remindOfImprovements },
];

/** After what begins, follows and ends them. */
const SILENT: readonly Job[] = [
  { name: 'tell-reports', run: tellReports },
  { name: 'chase-silent', run: chaseSilent },
];

const FAQ: readonly Job[] = [
  // Before the index follows.
  { name: 'take-over-city-faq', run: takeOverCityFaq },
  { name: 'follow-faq-index', run: followFaqIndex },
  { name: 'group-questions', run: groupUnanswered },
  { name: 'remind-of-questions', run: remindOfQuestions },
  { name: 'forget-drafts-of-erased-cases', minute: 45, run: forgetDraftsOfErasedCases },
  { name: 'check-faq-index', minute: 50, run: checkFaqIndex },
  { name: 'remind-of-reviews', minute: 5, run: remindOfReviews },
  { name: 'forget-typed-questions', minute: 5, run: forgetTyped },
  { name: 'forget-old-questions', minute: 6, run: forgetAsked },
];

const MAIL: readonly Job[] = [
  // Last: a mail service that hangs keeps nothing else waiting.
  { name: 'deliver-mail', run: deliverMail },
  { name: 'report-undelivered-mail', run: reportUndeliveredMail },
];

const JOBS: Readonly<Record<Part, readonly Job[]>> = {
  'roll-calls': ROLL_CALLS,
  silent: SILENT,
  rest: REST,
  faq: FAQ,
  mail: MAIL,
};

async function forgetEndedSessions({ db, now }: Scope): Promise<void> {
  // What is over at one of two clocks only may still be somebody's sitting.
  const sure = new Date(Math.min(now.getTime(), Date.now()));
  await purgeSessions(db, sure);
  await purgeAttempts(db, sure);
}

/** A clock that runs ahead must not close a day on which people still work. */
function earlier(one: JapanDate, other: JapanDate): JapanDate {
  return one < other ? one : other;
}

/** Runs what is due in the minute of `scope.now`. A job that fails does not keep the others from running. */
export async function runDueJobs(scope: Scope, parts: readonly Part[] = PARTS): Promise<void> {
  for (const job of parts.flatMap((part) => JOBS[part])) {
    if (job.minute !== undefined && job.minute !== scope.now.getUTCMinutes()) continue;
    try {
      await job.run(scope);
    } catch (error) {
      logError('job.failed', error, { job: job.name });
      await reportVaultFault(scope, error, `job:${job.name}`);
    }
  }
}
