/** What a change's detail in the audit log says, in words: one reader for each kind of change. Pure. */
import { REQUEST_KINDS, REQUEST_STATES } from '../disclosure/words.ts';
import {
  ACTIVITY_KINDS,
  DEADLINES,
  DECLINE_REASONS,
  HANDOVER_KINDS,
  ISSUE_TAGS,
  OUTCOMES,
  RATINGS,
  SNOOZE_REASONS,
  SUPPORTS,
  TOPICS,
  URGENCIES,
  WAITED_FOR,
} from '../words.ts';
import type { CaseEvent } from './data.ts';
import { Detail, type Names } from './detail.ts';
import { ACTIVITY_CHANGES, SHARING_STATES, timelineText } from './text.ts';

/** One thing that a change made different; null where there was, or is, nothing. */
export interface Difference {
  label: string;
  before: string | null;
  after: string | null;
}

/** What a change was about, beside who, when and its sentence. */
export interface Described {
  about: string | null;
  /** For whom, or whose turn it is: a person, a center, somebody outside. */
  whom: string | null;
  differences: Difference[];
  reason: string | null;
}

type Reader = (detail: Detail, event: CaseEvent) => Partial<Described>;

const { labels } = timelineText;

const URGENCY_WORDS = Object.fromEntries(Object.entries(URGENCIES).map(([code, { label }]) => [code, label]));

/** Nothing is said of what stayed as it was. */
function difference(label: string, before: string | null, after: string | null): Difference[] {
  return before === after ? [] : [{ label, before, after }];
}

const inCharge: Reader = (detail) => ({
  differences: [
    ...difference(labels.person, detail.person('from'), detail.person('to')),
    ...difference(labels.asked, detail.person('wasProposed'), null),
  ],
});

const noLongerAsked: Reader = (detail) => ({
  differences: difference(labels.asked, detail.person('wasProposed'), null),
});

/** What is waited for: from now on, or until now. */
const waiting: Reader = (detail) => {
  const awaited = detail.word('waitedFor', WAITED_FOR);
  const isWaiting = detail.has('until');
  return {
    differences: [
      ...difference(
        labels.waitedFor,
        isWaiting ? detail.word('from', WAITED_FOR) : awaited,
        isWaiting ? awaited : null,
      ),
      ...difference(labels.until, detail.date('fromUntil'), detail.date('until')),
    ],
  };
};

const members = (detail: Detail): Difference[] => [
  ...difference(labels.added, null, detail.people('added')),
  ...difference(labels.removed, null, detail.people('removed')),
];

/** An offer, and what became of it. The responsible center is another one only when it was accepted. */
const handover: Reader = (detail, event) => {
  const isAccepted = event.action === 'consultation.accept_offer';
  const isOffer = event.action === 'consultation.offer';
  return {
    about: detail.word('kind', HANDOVER_KINDS),
    whom: isAccepted ? null : detail.center('to'),
    differences: [
      ...(isAccepted ? difference(labels.center, detail.center('from'), detail.center('to')) : []),
      ...(isOffer ? difference(labels.answerBy, null, detail.date('until')) : []),
      ...difference(labels.returnOn, null, detail.date('returnOn')),
      ...members(detail),
    ],
  };
};

const activity: Reader = (detail) => {
  const isMoved = detail.text('outcome') === 'moved';
  const when = [detail.date('on'), detail.text('time')].filter(Boolean).join(' ');
  const before = [detail.date('from'), detail.text('fromTime')].filter(Boolean).join(' ');
  const words = [detail.word('kind', ACTIVITY_KINDS), when, detail.word('outcome', ACTIVITY_CHANGES)];
  return {
    about: words.filter(Boolean).join('　') || null,
    differences: [
      ...(isMoved ? difference(labels.day, before || null, when || null) : []),
      ...difference(labels.people, null, detail.people('people')),
    ],
  };
};

const closing: Reader = (detail) => ({
  differences: [
    ...difference(labels.outcome, null, detail.word('outcome', OUTCOMES)),
    ...difference(labels.tags, null, detail.words('tags', ISSUE_TAGS)),
    ...difference(labels.faq, null, detail.isTrue('faq') ? timelineText.faqWanted : null),
    ...(detail.has('to') ? difference(labels.person, detail.person('from'), detail.person('to')) : []),
  ],
});

const namedMembers: Reader = (detail) => ({ differences: members(detail) });

const otherCase: Reader = (detail) => ({
  about: detail.case('into') ?? detail.case('other') ?? detail.case('from'),
});

const sharing: Reader = (detail) => ({
  differences: difference(
    labels.sharing,
    detail.word('from', SHARING_STATES),
    detail.word('to', SHARING_STATES),
  ),
});

/** What a resident asked for, until when it must be settled, and what became of it. */
const request: Reader = (detail) => ({
  about: detail.word('kind', REQUEST_KINDS),
  differences: [
    ...difference(labels.deadline, null, detail.date('due')),
    ...difference(labels.outcome, null, detail.word('outcome', REQUEST_STATES)),
  ],
});

/** Takes charge of what nobody had. */
const takesCharge = (detail: Detail, event: CaseEvent): Difference[] =>
  difference(labels.person, detail.person('from'), event.actorName);

const READERS: Readonly<Record<string, Reader>> = {
  submit: (detail) => ({
    differences: [
      ...difference(labels.sender, null, detail.center('center')),
      ...difference(labels.urgency, null, detail.word('urgency', URGENCY_WORDS)),
    ],
  }),
  accept: (detail, event) => ({ differences: takesCharge(detail, event) }),
  decline: (detail) => ({ reason: detail.word('reason', DECLINE_REASONS) }),
  reclassify: (detail) => ({
    differences: [
      ...difference(labels.urgency, detail.word('from', URGENCY_WORDS), detail.word('to', URGENCY_WORDS)),
      ...difference(labels.topics, detail.words('fromTopics', TOPICS), detail.words('toTopics', TOPICS)),
      ...difference(
        labels.supports,
        detail.words('fromSupports', SUPPORTS),
        detail.words('toSupports', SUPPORTS),
      ),
    ],
  }),
  claim: inCharge,
  release: inCharge,
  confirm_assignment: inCharge,
  person_left: inCharge,
  assign: (detail, event) =>
    detail.has('proposed')
      ? {
          differences: difference(labels.asked, detail.person('wasProposed'), detail.person('proposed')),
        }
      : inCharge(detail, event),
  refuse_assignment: noLongerAsked,
  proposed_left: noLongerAsked,
  answer: (detail, event) => (detail.isTrue('accepts') ? { differences: takesCharge(detail, event) } : {}),
  ask: waiting,
  wait: waiting,
  reply: waiting,
  resume: waiting,
  time_resume: waiting,
  record: activity,
  offer: handover,
  accept_offer: handover,
  refuse_offer: handover,
  revoke_offer: handover,
  time_expire: handover,
  propose_closing: closing,
  confirm_closing: closing,
  object_closing: closing,
  time_close: closing,
  reopen: closing,
  rate: (detail) => ({
    differences: difference(labels.rating, detail.word('from', RATINGS), detail.word('to', RATINGS)),
  }),
  restrict: namedMembers,
  unrestrict: namedMembers,
  name_members: namedMembers,
  snooze: (detail) => ({
    about: detail.word('deadline', DEADLINES),
    differences: difference(labels.deadline, null, detail.date('until')),
    reason: detail.word('reason', SNOOZE_REASONS),
  }),
  merge: otherCase,
  unmerge: otherCase,
  link: otherCase,
  merged_from: otherCase,
  unmerged_from: otherCase,
  linked: otherCase,
  unlink: otherCase,
  unlinked: otherCase,
  share: sharing,
  settle_sharing: sharing,
  note_request: request,
  extend_request: request,
  settle_request: request,
};

/** What the event's detail says. An action without a reader says nothing more than its sentence. */
export function describe(event: CaseEvent, names: Names): Described {
  const name = event.action.replace(/^consultation\./, '');
  const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  const described = reader?.(new Detail(event.detail, names), event) ?? {};
  return { about: null, whom: null, differences: [], reason: null, ...described };
}
