/** The page of a case: what is to be done on top, then the question, the resident and the course. */
import type { Child } from 'hono/jsx';
import { formatDate, formatInstant, japanDate } from '../../../../lib/jst.ts';
import type { OpenedClosing } from '../../closing/data.ts';
import { closingText } from '../../closing/text.ts';
import type { Consultation } from '../../data.ts';
import type { RelatedCase, Relations } from '../../merging/data.ts';
import { SUBJECT_FIELDS } from '../../tables.ts';
import { consultationText } from '../../text.ts';
import { detailRows, sentenceOf, type TimelineLine } from '../../timeline/lines.ts';
import { timelineText } from '../../timeline/text.ts';
import {
  ISSUE_TAGS,
  KINDS,
  OUTCOMES,
  RATINGS,
  RESTRICTED_MARK,
  STATUSES,
  SUPPORTS,
  TOPICS,
  URGENCIES,
} from '../../words.ts';
import { casePath } from '../paths.ts';
import { pagesText as text } from '../text.ts';
import type { CaseOnPage } from './mutations.ts';
import { CaseOperations } from './operations.tsx';

export function CasePage({ shown }: { shown: CaseOnPage }) {
  const { loaded, opened, lines, relations, closing } = shown;
  const { consultation: of } = loaded;
  return (
    <>
      <Marks of={of} />
      <CaseOperations shown={shown} />
      <h2>{text.facts}</h2>
      <Facts shown={shown} />
      <h2>{text.resident}</h2>
      <Resident shown={shown} />
      <h2>{text.question}</h2>
      <p class="typed">{opened.content.body}</p>
      <RelatedCases relations={relations} />
      <Closing of={of} closing={closing} />
      <h2>{text.course}</h2>
      <Course lines={lines} />
    </>
  );
}

function Marks({ of }: { of: Consultation }) {
  const urgency = URGENCIES[of.urgency].label;
  return (
    <p>
      <span class={of.urgency === 'urgent' ? 'tag urgent' : 'tag'}>{urgency}</span>{' '}
      <span class="tag">{STATUSES[of.status]}</span> <span class="tag">{KINDS[of.kind]}</span>{' '}
      {of.isRestricted ? <span class="tag restricted">{RESTRICTED_MARK}</span> : null}
    </p>
  );
}

type Fact = readonly [label: string, value: string | null];

export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(([label, value]) =>
        value === null ? null : (
          <>
            <dt>{label}</dt>
            <dd class="typed">{value}</dd>
          </>
        ),
      )}
    </dl>
  );
}

function Facts({ shown: { loaded, opened } }: { shown: CaseOnPage }) {
  const { consultation: of, sendingCenter, responsibleCenter, nameInCharge } = loaded;
  const senderName = opened.names.people.get(of.sender) ?? '';
  return (
    <FactList
      facts={[
        [text.sentBy, `${sendingCenter.short} ${senderName}`],
        [text.inCharge, nameInCharge ?? text.nobodyInCharge],
        [text.responsible, responsibleCenter.short],
        [text.due, of.dueAt && formatInstant(of.dueAt)],
        [text.received, formatInstant(of.submittedAt)],
        [text.returnOn, of.returnByOn && formatDate(of.returnByOn)],
        [text.topics, of.topics.map((code) => TOPICS[code]).join('、') || text.none],
        [text.supports, of.supports.map((code) => SUPPORTS[code]).join('、') || text.none],
        [text.desiredOn, of.desiredOn && formatDate(of.desiredOn)],
      ]}
    />
  );
}

function Resident({ shown: { opened } }: { shown: CaseOnPage }) {
  const { subject } = opened.content;
  const facts = SUBJECT_FIELDS.map((field): Fact => {
    const value = subject[field] ?? null;
    return [
      consultationText.fields[field].label,
      field === 'subjectAge' && value !== null ? text.age(value) : value,
    ];
  });
  return facts.some(([, value]) => value !== null) ? (
    <FactList facts={facts} />
  ) : (
    <p class="quiet">{text.noResident}</p>
  );
}

function RelatedCases({ relations: { mergedInto, mergedHere, links } }: { relations: Relations }) {
  if (!mergedInto && mergedHere.length === 0 && links.length === 0) return null;
  return (
    <>
      <h2>{text.relations}</h2>
      <dl class="facts">
        {mergedInto ? (
          <>
            <dt>{text.mergedInto}</dt>
            <dd>{mergedInto.reference ? <CaseLink reference={mergedInto.reference} /> : text.notSeen}</dd>
          </>
        ) : null}
        <CaseLinks label={text.mergedHere} cases={mergedHere} />
        <CaseLinks label={text.linked} cases={links} />
      </dl>
    </>
  );
}

function CaseLinks({ label, cases }: { label: string; cases: readonly RelatedCase[] }): Child {
  if (cases.length === 0) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {cases.map(({ reference }) => (
          <>
            <CaseLink reference={reference} />{' '}
          </>
        ))}
      </dd>
    </>
  );
}

function CaseLink({ reference }: { reference: string }) {
  return <a href={casePath(reference)}>{reference}</a>;
}

function Closing({ of, closing: { report, rating } }: { of: Consultation; closing: OpenedClosing }) {
  if (!report && !rating) return null;
  const rated = rating && [RATINGS[rating.value], rating.comment].filter(Boolean).join('\n');
  return (
    <>
      <h2>{text.closing}</h2>
      <FactList
        facts={[
          [closingText.outcome.label, of.outcome && OUTCOMES[of.outcome]],
          [closingText.measures.label, report?.measures ?? null],
          [closingText.prevention.label, report?.prevention ?? null],
          [closingText.lessons.label, report?.lessons ?? null],
          [closingText.issueTags.label, of.issueTags.map((code) => ISSUE_TAGS[code]).join('、') || null],
          [timelineText.labels.rating, rated ?? null],
        ]}
      />
    </>
  );
}

/** Newest first: what happened last is what a reader comes for. */
function Course({ lines }: { lines: readonly TimelineLine[] }) {
  return (
    <ol class="course" reversed>
      {lines.toReversed().map((line) => (
        <li>
          <p class="quiet">
            <time datetime={line.at.toISOString()}>
              {japanDate(line.at).slice(0, 4)}年{formatInstant(line.at)}
            </time>
          </p>
          <p>
            <strong>{sentenceOf(line)}</strong>
          </p>
          {detailRows(line).map((row) => (
            <p class="typed">{row}</p>
          ))}
          {line.seq === 1
            ? null
            : line.texts.map(({ heading, body }) => (
                <div class="panel">
                  <h3>{heading}</h3>
                  <p class="typed">{body}</p>
                </div>
              ))}
        </li>
      ))}
    </ol>
  );
}
