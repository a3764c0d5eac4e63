/** The page of a case: what is to be done on top, then the question, the resident and the course. */
import type { Child } from 'hono/jsx';
import { formatDate, formatInstant } from '../../../../lib/jst.ts';
import type { NavigationEntry } from '../../../../web/page-env.ts';
import type { OpenedClosing } from '../../closing/data.ts';
import { closingText } from '../../closing/text.ts';
import type { Consultation } from '../../data.ts';
import { RequestFlags } from '../../disclosure/flags.tsx';
import { FILES_ANCHOR } from '../../files/paths.ts';
import { FilesSection } from '../../files/section.tsx';
import { filesText } from '../../files/text.ts';
import type { RelatedCase, Relations } from '../../merging/data.ts';
import { EmergencyBanner } from '../../purpose/emergency/banner.tsx';
import type { Look } from '../../purpose/looks/data.ts';
import { SUBJECT_FIELDS } from '../../tables.ts';
import { consultationText } from '../../text.ts';
import { timelineText } from '../../timeline/text.ts';
import { ISSUE_TAGS, KINDS, OUTCOMES, RATINGS, STATUSES, SUPPORTS, TOPICS, URGENCIES } from '../../words.ts';
import { casePath } from '../paths.ts';
import { pagesText as text } from '../text.ts';
import { Course, Planned } from './course.tsx';
import type { CaseOnPage } from './mutations.ts';
import { CaseOperations } from './operations.tsx';
import { WaitingForReader } from './waiting.tsx';

export interface CasePageProps {
  shown: CaseOnPage;
  /** The hidden field that every form carries. */
  token: Child;
  /** Where those who answer for the case go on. */
  managing: readonly NavigationEntry[];
}

export function CasePage({ shown, token, managing }: CasePageProps) {
  const { loaded, opened, lines, relations, closing } = shown;
  const { consultation: of } = loaded;
  return (
    <>
      <EmergencyBanner until={shown.emergencyUntil} />
      <Marks of={of} />
      <RequestFlags flags={shown.flags} />
      <WaitingForReader shown={shown} />
      <CaseOperations shown={shown} />
      <Contents shown={shown} />
      <Planned shown={shown} />
      <h2 id="facts">{text.facts}</h2>
      <Facts shown={shown} />
      <h2 id="resident">{text.resident}</h2>
      <Resident shown={shown} />
      <h2 id="question">{text.question}</h2>
      <p class="typed">{opened.content.body}</p>
      <RelatedCases relations={relations} />
      <Closing of={of} closing={closing} />
      <FilesSection
        reference={of.reference}
        files={shown.files}
        mayAttach={shown.operations.includes('comment')}
        token={token}
      />
      <h2 id="course">{text.course}</h2>
      <Course lines={lines} />
      <Managing links={managing} looks={shown.looks} />
    </>
  );
}

/** For those who answer for the case; nothing for the others. */
function Managing({ links, looks }: { links: readonly NavigationEntry[]; looks: readonly Look[] }) {
  if (links.length === 0) return null;
  return (
    <section class="no-print" aria-labelledby="managing">
      <h2 id="managing">{text.managing.title}</h2>
      {looks.length > 0 ? (
        <>
          <h3>{text.managing.looks}</h3>
          <ul>
            {looks.map(({ at, name, why, words }) => (
              <li>
                {text.managing.look(name, formatInstant(at), why)}
                {words === null ? null : <p class="typed">{words}</p>}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <ul class="buttons">
        {links.map(({ path, label }) => (
          <li>
            <a class="button" href={path}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Marks({ of }: { of: Consultation }) {
  const urgency = URGENCIES[of.urgency].label;
  return (
    <p>
      <span class={of.urgency === 'urgent' ? 'tag urgent' : 'tag'}>{urgency}</span>{' '}
      <span class="tag">{STATUSES[of.status]}</span> <span class="tag">{KINDS[of.kind]}</span>{' '}
      {of.isRestricted ? <span class="tag restricted">{text.restricted}</span> : null}
    </p>
  );
}

/** A long page begins with the way to its parts. */
function Contents({ shown: { loaded, lines, files } }: { shown: CaseOnPage }) {
  const parts = [
    ['#resident', text.resident],
    ['#question', text.question],
    ...(files ? [[`#${FILES_ANCHOR}`, filesText.heading]] : []),
    ['#course', text.courseOf(lines.length)],
    [`${casePath(loaded.consultation.reference)}/print`, text.print],
  ];
  return (
    <nav class="pages no-print" aria-label={text.contents}>
      {parts.map(([path, label]) => (
        <a href={path}>{label}</a>
      ))}
    </nav>
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
  const { consultation: of, sendingCenter, responsibleCenter, nameInCharge, members } = loaded;
  const nameOf = (person: string) => opened.names.people.get(person) ?? '';
  return (
    <FactList
      facts={[
        [text.sentBy, `${sendingCenter.short} ${nameOf(of.sender)}`],
        [text.inCharge, nameInCharge ?? text.nobodyInCharge],
        [text.members, members.map(nameOf).filter(Boolean).join('、') || null],
        [text.restricted, of.isRestricted ? text.whoSeesRestricted : null],
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
