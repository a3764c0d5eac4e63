/** Making a copy for a resident. Each case that is opened for it is noted, with the request that it is for. */
import { isUniqueViolation, runBatch } from '../../../../lib/db.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { type AuditRow, appendEntry, chainHead, nextEntry } from '../../../../vault/audit.ts';
import { type Detector, loadDetector } from '../../../../vault/personal-data/detector.ts';
import type { Actor } from '../../../directory/actor.ts';
import { openCaseKeyOf } from '../../content/data.ts';
import type { Consultation } from '../../data.ts';
import { composeSheet } from '../../timeline/sheet.ts';
import { timelineText } from '../../timeline/text.ts';
import { sightOf } from '../../visibility/data.ts';
import { type Candidate, findCases, listCandidates, openSubject } from './candidates/data.ts';
import { listStaffNames, type OpenedCopy, openCopies } from './data.ts';
import { type Mark, marksIn, type Surroundings } from './rules.ts';

const ATTEMPTS = 20;

export interface MarkedEntry {
  label: string;
  value: string;
  marks: readonly Mark[];
}

/** A case as a resident's copy shows it, its marks not yet decided about. */
export interface MarkedCopy {
  reference: string;
  isAbuse: boolean;
  sections: readonly { heading: string; entries: readonly MarkedEntry[] }[];
  files: readonly MarkedEntry[];
}

/** Which cases may belong into the copy; looking for them opens their residents' names and is noted. Requires `mayDisclose`. */
export async function findCandidates(scope: Scope, actor: Actor, of: Consultation): Promise<Candidate[]> {
  await note(scope, actor, 'consultation.find_resident', [of.id], {});
  const [sight, key] = await Promise.all([sightOf(scope, actor), openCaseKeyOf(scope, of.id)]);
  return listCandidates(scope, sight, of, await openSubject(scope.db, key, of));
}

/**
 * The marked copy of these cases, the oldest first. Requires `mayDisclose`, and that the references are among `findCandidates`.
 * @param request id of the resident's request that it is for
 */
export async function makeCopy(
  scope: Scope,
  actor: Actor,
  references: readonly string[],
  request: string,
  format: 'html' | 'json',
): Promise<MarkedCopy[]> {
  const ids = (await findCases(scope.db, references)).map(({ id }) => id);
  await note(scope, actor, 'consultation.disclose', ids, { request, format });
  const [copies, staffNames, detector] = await Promise.all([
    openCopies(scope, ids),
    listStaffNames(scope.db),
    loadDetector(),
  ]);
  return copies.map((copy) =>
    markedCopy(copy, staffNames, detector, { printedBy: actor.name, now: scope.now }),
  );
}

function markedCopy(
  { source, fileNames }: OpenedCopy,
  staffNames: readonly string[],
  detector: Detector,
  printing: { printedBy: string; now: Date },
): MarkedCopy {
  const { consultation: of } = source.loaded;
  const isAbuse = of.topics.includes('elder_abuse');
  const around: Surroundings = { subject: source.opened.content.subject, staffNames, isAbuse };
  const marked = (label: string, value: string): MarkedEntry => ({
    label,
    value,
    marks: marksIn(value, (text) => detector.find(text), around),
  });
  const own = timelineText.sheet.sections.resident;
  return {
    reference: of.reference,
    isAbuse,
    sections: composeSheet({ ...source, ...printing }).sections.map(({ heading, entries }) => ({
      heading,
      // What stands there is the resident's own.
      entries: entries.map(({ label, value }) =>
        heading === own ? { label, value, marks: [] } : marked(label, value),
      ),
    })),
    files: fileNames.map((name) => marked('', name)),
  };
}

/** One entry a case in the person's chain, all in one batch. */
async function note(
  scope: Scope,
  actor: Actor,
  action: string,
  caseIds: readonly string[],
  detail: Record<string, string>,
): Promise<void> {
  const chain = `person:${actor.slackUserId}` as const;
  for (let attempt = 1; ; attempt += 1) {
    let head = await chainHead(scope.db, chain);
    const entries: AuditRow[] = [];
    for (const caseId of caseIds) {
      const entry = await nextEntry(chain, head, {
        at: scope.now,
        actor: actor.slackUserId,
        action,
        outcome: 'done',
        ...scope.origin,
        caseId,
        detail,
      });
      entries.push(entry);
      head = entry;
    }
    try {
      return await runBatch(
        scope.db,
        entries.map((entry) => appendEntry(scope.db, entry)),
      );
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    }
  }
}
