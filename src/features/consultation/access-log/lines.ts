/** Entries of the log as people read them, on pages and in CSV. Pure. */
import { formatInstant, japanDate } from '../../../lib/jst.ts';
import { whatHappened } from '../timeline/events.ts';
import { timelineText } from '../timeline/text.ts';
import { PURPOSES } from '../words.ts';
import type { LogEntry } from './data.ts';
import { FAQ_WORDS } from './faq-words.ts';
import { MEETING_WORDS } from './meeting-words.ts';
import { ROLL_CALL_WORDS } from './roll-call-words.ts';
import { groupOf } from './rules.ts';
import {
  ENTRY_WORDS,
  GROUP_WORDS,
  operationLabel,
  READ_WORDS,
  REASON_WORDS,
  SURFACE_WORDS,
  logText as text,
} from './text.ts';

export interface LogLine {
  at: Date;
  who: string;
  /** Empty for jobs. */
  center: string;
  what: string;
  /** Purpose or reason; empty where there is none. */
  why: string;
}

export function lineOf(entry: LogEntry): LogLine {
  return {
    at: new Date(entry.at),
    who: whoOf(entry),
    center: entry.actorCenter ?? '',
    what: entry.outcome === 'refused' ? refusedOf(entry) : doneOf(entry),
    why: whyOf(entry),
  };
}

/** The heads of the columns of a CSV, and below them a line each. */
export const CSV_HEAD = [
  text.columns.at,
  text.columns.who,
  text.columns.slackId,
  timelineText.labels.center,
  text.columns.case,
  text.columns.group,
  text.columns.what,
  text.columns.why,
  text.columns.result,
  text.columns.surface,
  text.columns.session,
  text.columns.entry,
] as const;

export function csvCells(entry: LogEntry): string[] {
  const { who, center, what, why } = lineOf(entry);
  return [
    exactInstant(new Date(entry.at)),
    who,
    entry.actor,
    center,
    entry.reference ?? '',
    GROUP_WORDS[groupOf(entry)],
    what,
    why,
    text.outcomes[entry.outcome],
    SURFACE_WORDS[entry.surface],
    wordIn(entry, 'session') ?? '',
    `${entry.chain}/${entry.seq}`,
  ];
}

/** `2026-11-22 09:05:12`, in Japan's time: to be sorted and reckoned with. */
export function exactInstant(at: Date): string {
  return new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** `2026年11月22日(日) 9:05`. */
export function yearAndInstant(at: Date): string {
  return `${japanDate(at).slice(0, 4)}年${formatInstant(at)}`;
}

function whoOf({ actor, actorName }: LogEntry): string {
  if (actorName !== null) return actorName;
  if (actor.startsWith('job:')) return text.byItself;
  if (actor === 'link') return text.byLink;
  if (actor.startsWith('card:')) return text.byCard;
  return actor === 'command' ? text.byCommand : text.nobody;
}

function doneOf(entry: LogEntry): string {
  const { action } = entry;
  const reading = wordIn(entry, 'what');
  if (action === 'consultation.read' && reading !== undefined && READ_WORDS[reading])
    return READ_WORDS[reading];
  const known = wordsOf(action)?.done;
  const hits = entry.detail.hits;
  if (known) return typeof hits === 'number' ? `${known}（${text.hits(hits)}）` : known;
  const happened = whatHappened(action);
  // An action that the course of a case does not know, neither: shown by its code, for whoever looks it up.
  return happened === timelineText.unknown ? text.otherAction(action) : happened;
}

function wordsOf(action: string): { done: string; label: string } | undefined {
  return ENTRY_WORDS[action] ?? MEETING_WORDS[action] ?? ROLL_CALL_WORDS[action] ?? FAQ_WORDS[action];
}

function refusedOf({ action }: LogEntry): string {
  return text.refusedLine(wordsOf(action)?.label ?? operationLabel(action) ?? action);
}

function whyOf(entry: LogEntry): string {
  const purpose = wordIn(entry, 'purpose') ?? entry.purpose ?? undefined;
  const reason = wordIn(entry, 'reason');
  const until = wordIn(entry, 'until');
  // What somebody once opened the case for is no reason why something was refused.
  if (entry.outcome === 'refused') return (reason !== undefined && reasonWords(reason)) || '';
  const parts = [
    purpose && Object.entries(PURPOSES).find(([code]) => code === purpose)?.[1],
    entry.action === 'consultation.break_glass' ? until && untilOf(until) : undefined,
  ];
  return parts.filter(Boolean).join('、');
}

/** The rules' other refusals say what the person is not. */
function reasonWords(reason: string): string | undefined {
  return REASON_WORDS[reason] ?? (reason.startsWith('not-') ? text.notEntitled : undefined);
}

function untilOf(iso: string): string | undefined {
  const until = new Date(iso);
  return Number.isNaN(until.getTime()) ? undefined : text.until(formatInstant(until));
}

function wordIn({ detail }: LogEntry, field: string): string | undefined {
  const value = detail[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
