/** 相談票: a case on paper (A4), as headed sections of labelled values, and as plain text. Pure. */
import { formatInstant, formatLongDate, japanDate } from '../../../lib/jst.ts';
import type { ClosingReport, OpenedRating } from '../closing/data.ts';
import { closingText } from '../closing/text.ts';
import type { Handover, LoadedConsultation } from '../data.ts';
import type { OpenedActivity } from '../recording/data.ts';
import { SUBJECT_FIELDS } from '../tables.ts';
import { consultationText } from '../text.ts';
import {
  ACTIVITY_KINDS,
  ACTIVITY_STATES,
  BODIES,
  HANDOVER_KINDS,
  HANDOVER_STATES,
  ISSUE_TAGS,
  KINDS,
  OUTCOMES,
  RATINGS,
  STATUSES,
  SUPPORTS,
  TOPICS,
  URGENCIES,
} from '../words.ts';
import { nameOf } from './detail.ts';
import { detailRows, type OpenedCase, sentenceOf, type TimelineLine } from './lines.ts';
import { timelineText as text } from './text.ts';

/** One value of a sheet; it may have several lines. */
export interface SheetEntry {
  label: string;
  value: string;
}

export interface SheetSection {
  heading: string;
  /** Empty where nothing was recorded: the sheet then says so. */
  entries: readonly SheetEntry[];
}

export interface CaseSheet {
  title: string;
  /** Who printed it, and when. */
  printed: string;
  /** How the paper is to be handled. */
  notice: string;
  sections: readonly SheetSection[];
}

export interface SheetSource {
  loaded: Pick<LoadedConsultation, 'consultation' | 'sendingCenter' | 'responsibleCenter' | 'nameInCharge'>;
  opened: OpenedCase;
  /** Oldest first. */
  lines: readonly TimelineLine[];
  handovers: readonly Handover[];
  report: ClosingReport | undefined;
  rating: OpenedRating | undefined;
  printedBy: string;
  now: Date;
}

const words = text.sheet;

/** The whole case, in the order in which its readers ask: what it is, whom it is about, what was done, how it ended. */
export function composeSheet(source: SheetSource): CaseSheet {
  const { heading, resident, content, activities, handovers, outcome, course } = words.sections;
  return {
    title: `${words.title}　${source.loaded.consultation.reference}`,
    printed: words.printed(longInstant(source.now), source.printedBy),
    notice: words.handle,
    sections: [
      { heading, entries: headingEntries(source) },
      { heading: resident, entries: residentEntries(source) },
      { heading: content, entries: contentEntries(source) },
      { heading: course, entries: source.lines.map(courseEntry) },
      { heading: activities, entries: source.opened.activities.map(activityEntry) },
      { heading: handovers, entries: source.handovers.map((each) => handoverEntry(each, source.opened)) },
      { heading: outcome, entries: outcomeEntries(source) },
    ],
  };
}

/** The sheet as text: a line a value, so that it can be printed as it is. */
export function sheetAsText({ title, printed, notice, sections }: CaseSheet): string {
  const parts = sections.map(({ heading, entries }) => {
    const body = entries.length > 0 ? entries.map(entryAsText) : [words.nothing];
    return [`【${heading}】`, ...body].join('\n');
  });
  return [`${title}\n${printed}\n${notice}`, ...parts].join('\n\n');
}

/** A value of several lines stands below its label. */
function entryAsText({ label, value }: SheetEntry): string {
  if (!value.includes('\n')) return `${label}：${value}`;
  return [`${label}：`, ...value.split('\n').map((line) => `　${line}`)].join('\n');
}

function headingEntries({ loaded, opened }: SheetSource): SheetEntry[] {
  const { consultation: of, sendingCenter, responsibleCenter } = loaded;
  const { labels } = text;
  return filled([
    [words.reference, of.reference],
    [labels.status, STATUSES[of.status]],
    [words.kind, KINDS[of.kind]],
    [labels.urgency, URGENCIES[of.urgency].label],
    [words.sentBy, words.place(sendingCenter.short, nameOf(of.sender, opened.names))],
    [labels.center, responsibleCenter.short],
    [labels.person, loaded.nameInCharge],
    [words.received, longInstant(of.submittedAt)],
    [words.accepted, of.acceptedAt && longInstant(of.acceptedAt)],
    [words.closed, of.closedAt && longInstant(of.closedAt)],
    [labels.returnOn, of.returnByOn && formatLongDate(of.returnByOn)],
    [words.restricted, of.isRestricted ? words.isRestricted : null],
  ]);
}

function residentEntries({ opened: { content } }: SheetSource): SheetEntry[] {
  return filled(
    SUBJECT_FIELDS.map((field) => {
      const value = content.subject[field] ?? null;
      const shown = field === 'subjectAge' && value !== null ? words.age(value) : value;
      return [consultationText.fields[field].label, shown];
    }),
  );
}

function contentEntries({ loaded: { consultation: of }, opened: { content } }: SheetSource): SheetEntry[] {
  return filled([
    [text.labels.topics, of.topics.map((code) => TOPICS[code]).join('、')],
    [text.labels.supports, of.supports.map((code) => SUPPORTS[code]).join('、')],
    [words.desiredOn, of.desiredOn && formatLongDate(of.desiredOn)],
    [words.body, content.body],
  ]);
}

/** The question stands above already. */
function courseEntry(line: TimelineLine): SheetEntry {
  const texts = line.seq === 1 ? [] : line.texts.map(({ body }) => body);
  return { label: longInstant(line.at), value: [sentenceOf(line), ...detailRows(line), ...texts].join('\n') };
}

function activityEntry(of: OpenedActivity): SheetEntry {
  const when = [formatLongDate(of.heldOn), of.startsAtTime].filter(Boolean).join(' ');
  const rows = [
    `${ACTIVITY_KINDS[of.kind]}（${ACTIVITY_STATES[of.state]}）`,
    of.peopleNames.length > 0 ? words.people(of.peopleNames.join('、')) : '',
    of.bodies.length > 0 ? words.bodies(of.bodies.map((code) => BODIES[code]).join('、')) : '',
    of.summary ?? '',
  ];
  return { label: when, value: rows.filter(Boolean).join('\n') };
}

function handoverEntry(of: Handover, { names }: OpenedCase): SheetEntry {
  const place = (code: string) => names.centers.get(code) ?? code;
  const rows = [
    words.handover(place(of.fromCenter), place(of.toCenter), HANDOVER_STATES[of.state]),
    words.offeredOn(longInstant(of.offeredAt)),
    of.settledAt ? words.settledOn(longInstant(of.settledAt)) : '',
    of.returnByOn ? words.returnOn(formatLongDate(of.returnByOn)) : '',
  ];
  return { label: HANDOVER_KINDS[of.kind], value: rows.filter(Boolean).join('\n') };
}

function outcomeEntries({ loaded: { consultation: of }, report, rating }: SheetSource): SheetEntry[] {
  const { labels } = text;
  const rated = rating && [RATINGS[rating.value], rating.comment].filter(Boolean).join('\n');
  return filled([
    [labels.outcome, of.outcome && OUTCOMES[of.outcome]],
    [closingText.measures.label, report?.measures],
    [closingText.prevention.label, report?.prevention],
    [closingText.lessons.label, report?.lessons],
    [labels.tags, of.issueTags.map((code) => ISSUE_TAGS[code]).join('、')],
    [labels.rating, rated],
  ]);
}

function filled(rows: readonly (readonly [label: string, value: string | null | undefined])[]): SheetEntry[] {
  return rows.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** `令和8年11月22日 9:05`: paper outlives the year. */
function longInstant(at: Date): string {
  const [, time = ''] = formatInstant(at).split(' ');
  return `${formatLongDate(japanDate(at))} ${time}`;
}
