/** Why people who are not part of a case looked into it: what those who answer for the case check. */
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import type { CaseKey } from '../../../../vault/key-ring.ts';
import { staff } from '../../../directory/tables.ts';
import { type Consultation, casePlace } from '../../data.ts';
import { PURPOSES } from '../../words.ts';
import { breakGlass, viewingPurpose } from '../tables.ts';
import { purposeText } from '../text.ts';

export interface Look {
  at: Date;
  /** Who looked; people who have left keep their names. */
  name: string;
  /** The chosen purpose, or that it was 緊急閲覧. */
  why: string;
  /** What was written beside it. */
  words: string | null;
}

/** Oldest first. Requires that the Actor may see the case and answers for it, and that the reading was logged. */
export async function openLooks(db: Database, key: CaseKey, of: Consultation): Promise<Look[]> {
  const [purposes, emergencies] = await Promise.all([
    db
      .select({ look: viewingPurpose, name: staff.name })
      .from(viewingPurpose)
      .innerJoin(staff, eq(staff.slackUserId, viewingPurpose.slackUserId))
      .where(eq(viewingPurpose.consultationId, of.id))
      .orderBy(asc(viewingPurpose.statedAt)),
    db
      .select({ look: breakGlass, name: staff.name })
      .from(breakGlass)
      .innerJoin(staff, eq(staff.slackUserId, breakGlass.slackUserId))
      .where(eq(breakGlass.consultationId, of.id))
      .orderBy(asc(breakGlass.grantedAt)),
  ]);
  const stated = purposes.map(async ({ look, name }): Promise<Look> => {
    const place = casePlace('viewing_purpose', 'words', look.slackUserId, of);
    return {
      at: look.statedAt,
      name,
      why: PURPOSES[look.purpose],
      words: look.words && (await key.open(place, look.words)),
    };
  });
  const broken = emergencies.map(
    async ({ look, name }): Promise<Look> => ({
      at: look.grantedAt,
      name,
      why: purposeText.emergency,
      words: await key.open(casePlace('break_glass', 'reason', look.id, of), look.reason),
    }),
  );
  const looks = await Promise.all([...stated, ...broken]);
  return looks.sort((one, other) => one.at.getTime() - other.at.getTime());
}
