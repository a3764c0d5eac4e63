/** 要救助 on the page of a roll-call: who asked for help, and why it was cleared. The reasons are typed, so that they stand on pages only. */
import { formatInstant } from '../../../lib/jst.ts';
import { noteLook } from '../../directory/noting.ts';
import { answeringText } from '../answering/text.ts';
import type { PageSection } from '../parts.ts';
import { maySeePeopleOf } from '../rules.ts';
import { listHelped } from './data.ts';
import { openReasons, READ_REASONS } from './reasons.ts';
import { helpingText } from './text.ts';

const text = helpingText.section;

/** Nothing where nobody asked for help, or none of whom this person may read. */
export const helpingSection: PageSection = async (c, { rollCall, actor }) => {
  if (rollCall.startedAt === null) return null;
  const scope = c.get('scope');
  const helped = (await listHelped(scope.db, rollCall.id)).filter(({ center }) =>
    maySeePeopleOf(actor, center),
  );
  if (helped.length === 0) return null;
  const reasons = await openReasons(scope, helped);
  if (reasons.size > 0)
    await noteLook(scope, actor, READ_REASONS, { detail: { rollCall: rollCall.reference } });
  return (
    <section>
      <h2>{helpingText.title}</h2>
      {/* Reached with the keyboard, so that it can be moved on a narrow screen. */}
      <section class="scroll" tabindex={0} aria-label={helpingText.title}>
        <table class="stacked">
          <caption>{helpingText.title}</caption>
          <thead>
            <tr>
              {Object.values(text.columns).map((label) => (
                <th scope="col">{label}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {helped.map((each) => (
              <tr>
                <th scope="row">{each.name}</th>
                <td data-label={text.columns.center}>{each.centerShort}</td>
                <td data-label={text.columns.since}>{each.helpSince && formatInstant(each.helpSince)}</td>
                <td data-label={text.columns.now}>{answeringText.answerWords(each)}</td>
                <td data-label={text.columns.cleared}>
                  {each.helpClearedAt === null
                    ? text.open
                    : text.clearedBy(each.clearedByName ?? '', formatInstant(each.helpClearedAt))}
                </td>
                <td data-label={text.columns.reason} class="typed">
                  {reasons.get(each.person) ?? ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
};
