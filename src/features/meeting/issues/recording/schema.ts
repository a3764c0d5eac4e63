/** Input of a 地域課題, and its limits. */
import { done, type Result, refused } from '../../../../lib/result.ts';
import { type FormValues, listValue, textValue } from '../../../../slack/form.ts';
import { readSearch } from '../../../consultation/finding/rules.ts';
import { TOPICS, type Topic } from '../../../consultation/words.ts';
import { issuesText } from '../text.ts';

export const MAX_SUMMARY = 1000;

export interface IssueForm {
  topic: Topic;
  area: string;
  summary: string;
  /** A reference of a case, as cases have it; whether there is one for this person is asked later. */
  consultation: string | null;
  /** She read the warning of personal data and says that it is none. */
  isConfirmed: boolean;
}

const { errors } = issuesText.record;

export function readIssueForm(values: FormValues): Result<IssueForm, Record<string, string>> {
  const topic = readTopic(textValue(values, 'topic'));
  const area = textValue(values, 'area');
  const summary = textValue(values, 'summary');
  const typed = textValue(values, 'consultation');
  const search = typed === null ? undefined : readSearch(typed);
  const isReference = search === undefined || search.by === 'reference';
  const summaryFault = faultOfSummary(summary);
  const faults = {
    ...(topic === undefined ? { topic: errors.choose } : {}),
    ...(area === null ? { area: errors.choose } : {}),
    ...(summaryFault === undefined ? {} : { summary: summaryFault }),
    ...(isReference ? {} : { consultation: errors.consultation }),
  };
  if (topic === undefined || area === null || summary === null || Object.keys(faults).length > 0)
    return refused(faults);
  return done({
    topic,
    area,
    summary,
    consultation: search?.by === 'reference' ? search.reference : null,
    isConfirmed: listValue(values, 'confirmed').includes('yes'),
  });
}

function faultOfSummary(summary: string | null): string | undefined {
  if (summary === null) return errors.required;
  return summary.length > MAX_SUMMARY ? errors.tooLong(MAX_SUMMARY) : undefined;
}

export function readTopic(value: string | null | undefined): Topic | undefined {
  return isTopic(value) ? value : undefined;
}

function isTopic(value: string | null | undefined): value is Topic {
  return typeof value === 'string' && Object.hasOwn(TOPICS, value);
}
