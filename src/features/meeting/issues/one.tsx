/** The page of one 地域課題: what it is, what became of it, and the way onto an agenda. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { japanDate } from '../../../lib/jst.ts';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { TOPICS } from '../../consultation/words.ts';
import { meetingPath } from '../paths.ts';
import { formatSpan, meetingText } from '../text.ts';
import { ISSUE_STATE_WORDS } from '../words.ts';
import type { CouncilMeeting, Issue } from './data.ts';
import { MeetingName } from './page.tsx';
import { ISSUES_PATH, issuePath } from './paths.ts';
import { issuesText } from './text.ts';

const text = issuesText.one;

interface IssueProps {
  issue: Issue;
  /** Null for whoever may not read it. */
  words: { summary: string; outcome: string | null } | null;
  agendas: readonly { reference: string; kindName: string }[];
}

export function IssueFacts({ issue, words, agendas }: IssueProps): Child {
  const { list } = issuesText;
  return (
    <dl class="facts">
      <dt>{list.topic}</dt>
      <dd>{TOPICS[issue.topic]}</dd>
      <dt>{list.area}</dt>
      <dd>{issue.areaShort}</dd>
      <dt>{list.on}</dt>
      <dd>{issuesText.day(japanDate(issue.foundAt))}</dd>
      <dt>{list.meeting}</dt>
      <dd>
        <MeetingName reference={issue.meeting} />
      </dd>
      <dt>{list.state}</dt>
      <dd>{ISSUE_STATE_WORDS[issue.state]}</dd>
      {issue.consultation === null ? null : (
        <>
          <dt>{text.consultation}</dt>
          <dd>
            {issue.consultation.reference === null ? (
              text.hiddenConsultation
            ) : (
              <a href={`/cases/${issue.consultation.reference}`}>{issue.consultation.reference}</a>
            )}
          </dd>
        </>
      )}
      {agendas.length === 0 ? null : (
        <>
          <dt>{text.items}</dt>
          <dd>
            {agendas.map(({ reference, kindName }) => (
              <a href={meetingPath(reference)}>{meetingText.name(reference, kindName, null)}</a>
            ))}
          </dd>
        </>
      )}
      <dt>{text.summary}</dt>
      {words === null ? <dd>{text.hidden}</dd> : <dd class="typed">{words.summary}</dd>}
      {words === null ? null : (
        <>
          <dt>{text.outcome}</dt>
          <dd class="typed">{words.outcome ?? text.noOutcome}</dd>
        </>
      )}
    </dl>
  );
}

interface AgendaProps {
  c: Context<PageEnv>;
  reference: string;
  meetings: readonly CouncilMeeting[];
  fault: string | undefined;
}

export function AgendaForm({ c, reference, meetings, fault }: AgendaProps): Child {
  return (
    <form method="post" action={`${issuePath(reference)}/agenda`}>
      <FormToken c={c} />
      <h2>{text.agenda}</h2>
      {meetings.length === 0 ? (
        <p>{text.noMeeting}</p>
      ) : (
        <>
          <div class={fault ? 'field faulty' : 'field'}>
            <label for="meeting">{text.agendaMeeting}</label>
            {fault ? (
              <p class="fault" id="meeting-fault">
                {fault}
              </p>
            ) : null}
            <select
              id="meeting"
              name="meeting"
              {...(fault ? { 'aria-invalid': 'true' as const, 'aria-describedby': 'meeting-fault' } : {})}
            >
              {meetings.map((each) => (
                <option value={each.id}>
                  {meetingText.name(each.reference, each.kindName, each.title)}
                  {each.startsAt && each.endsAt ? `　${formatSpan(each.startsAt, each.endsAt)}` : ''}
                </option>
              ))}
            </select>
          </div>
          <button class="button" type="submit">
            {text.add}
          </button>
        </>
      )}
    </form>
  );
}

export function BackToIssues(): Child {
  return (
    <p>
      <a class="button plain" href={ISSUES_PATH}>
        {text.back}
      </a>
    </p>
  );
}
