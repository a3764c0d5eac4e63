/** Who is named in a 限定 case: those who hear at once that somebody else reads it. */

import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import { center, staff } from '../../../directory/tables.ts';
import { type LoadedConsultation, standingOf } from '../../data.ts';
import { maySee } from '../../visibility/rules.ts';

/** The Slack ids of all who see the case by their part in it: in charge, sender, members, and managers while it is theirs to take. */
export async function listNamed(db: Database, loaded: LoadedConsultation): Promise<string[]> {
  const { coreCenter, sendingCenter, responsibleCenter, offer } = loaded;
  const codes = [coreCenter, sendingCenter.code, responsibleCenter.code, ...(offer ? [offer.toCenter] : [])];
  const rows = await db
    .select({
      slackUserId: staff.slackUserId,
      role: staff.role,
      isOnDuty: staff.isOnDuty,
      code: center.code,
      kind: center.kind,
    })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .where(
      and(
        isNull(staff.removedAt),
        sql`${center.code} IN (SELECT value FROM json_each(${JSON.stringify(codes)}))`,
      ),
    );
  const standing = { ...standingOf(loaded), emergency: [] };
  return rows
    .filter(({ code, kind, ...person }) => maySee({ ...person, center: { code, kind } }, standing))
    .map(({ slackUserId }) => slackUserId);
}
