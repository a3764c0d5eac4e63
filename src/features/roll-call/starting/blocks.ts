/** The form of a start, and the second look before people are told. A drill and a real one differ in title, words and button. */
import type { types } from '@slack/bolt';
import { japanDate } from '../../../lib/jst.ts';
import { button, contextLine, markdownSection, noticeSections, plain } from '../../../slack/block-kit.ts';
import {
  checkboxes,
  choice,
  datePicker,
  input,
  multiSelect,
  radio,
  select,
  textArea,
  timePicker,
} from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { RollCall } from '../data.ts';
import { usualInstructions } from '../rules.ts';
import { nameOf, rollCallText } from '../text.ts';
import { INSTRUCTION_WORDS, INSTRUCTIONS, type RollCallKind, SCENARIO_WORDS, SCENARIOS } from '../words.ts';
import { CONFIRM_FORM, START_ACTIONS, START_FORM } from './actions.ts';
import { type Choosable, type Chosen, NOTE_LENGTH } from './schema.ts';
import { startingText as text } from './text.ts';

/** How the form is shown. */
export interface FormLook {
  centers: readonly Choosable[];
  /** Whether a note may be typed here; else it is said where. */
  hasNote: boolean;
  /** What runs now, shown above the form. */
  above?: readonly types.KnownBlock[];
  notices?: readonly string[];
  /** When the form is shown again. */
  chosen?: Chosen | undefined;
}

export function startModal(
  kind: RollCallKind,
  { centers, hasNote, above = [], notices = [], chosen }: FormLook,
): ModalView {
  return {
    type: 'modal',
    callback_id: START_FORM,
    private_metadata: kind,
    title: plain(text.title[kind]),
    submit: plain(text.next),
    close: plain(rollCallText.cancel),
    blocks: [
      ...noticeSections(notices),
      ...above,
      markdownSection(text.intro[kind]),
      ...startInputs(kind, centers, chosen),
      ...(hasNote ? [noteInput()] : [contextLine(text.noteOnPage)]),
    ],
  };
}

function startInputs(
  kind: RollCallKind,
  centers: readonly Choosable[],
  chosen: Chosen | undefined,
): types.InputBlock[] {
  const { fields } = text;
  const startsAt = chosen?.startsAt ? new Date(chosen.startsAt) : undefined;
  return [
    input(
      'scenario',
      { label: fields.scenario },
      select(
        scenariosOf(kind).map((each) => choice(each, SCENARIO_WORDS[each])),
        { chosen: chosen?.scenario ?? 'earthquake' },
      ),
      true,
    ),
    input(
      'instructions',
      { label: fields.instructions },
      checkboxes(
        INSTRUCTIONS.map((each) => choice(each, INSTRUCTION_WORDS[each])),
        chosen?.instructions ?? usualInstructions(kind),
      ),
      true,
    ),
    ...(centers.length === 0
      ? []
      : [
          input(
            'centers',
            { label: fields.centers, hint: fields.centersHint },
            multiSelect(
              centers.map(({ code, short }) => choice(code, short)),
              { chosen: chosen?.centers ?? [], placeholder: fields.centersPlaceholder },
            ),
          ),
        ]),
    input(
      'when',
      { label: fields.when },
      radio(
        [choice('now', text.when.now), choice('later', text.when.later)],
        startsAt === undefined ? 'now' : 'later',
      ),
      true,
    ),
    ...dateInputs(startsAt, fields.laterHint),
    input(
      'options',
      { label: fields.options },
      checkboxes(optionChoices(), chosen ? chosenOptions(chosen) : usual(kind)),
    ),
  ];
}

/** What is played at a table is no disaster. */
function scenariosOf(kind: RollCallKind) {
  return SCENARIOS.filter((each) => kind === 'drill' || each !== 'tabletop');
}

function optionChoices(): types.PlainTextOption[] {
  const { announce, announceHint, mail, mailHint } = text.options;
  return [
    { ...choice('announce', announce), description: plain(announceHint) },
    { ...choice('mail', mail), description: plain(mailHint) },
  ];
}

function usual(kind: RollCallKind): string[] {
  return kind === 'actual' ? ['announce', 'mail'] : ['announce'];
}

function chosenOptions({ isAnnounced, byMail }: Chosen): string[] {
  return [...(isAnnounced ? ['announce'] : []), ...(byMail ? ['mail'] : [])];
}

/** Day and time, as they are planned. */
export function dateInputs(startsAt: Date | undefined, hint?: string): types.InputBlock[] {
  const { fields } = text;
  return [
    input(
      'on',
      { label: fields.on, ...(hint === undefined ? {} : { hint }) },
      datePicker(startsAt && japanDate(startsAt)),
    ),
    input('at', { label: fields.at }, timePicker(startsAt && timeInJapan(startsAt))),
  ];
}

/** Keeps its id from the form to the confirmation and back, so that what was typed stays; it travels in no other way. */
function noteInput(): types.InputBlock {
  const { fields } = text;
  return input('note', { label: fields.note, hint: fields.noteHint }, textArea({ max: NOTE_LENGTH }));
}

/** What the confirmation names. */
export interface Reach {
  people: number;
  centers: number;
  withoutMail: number;
}

/**
 * The second look. A drill is started by the form's own button. A real one by a red button: there the form's own button leads back,
 * so that nobody starts one by the same move as a drill.
 * @param drill the drill that runs now
 */
export function confirmModal(
  chosen: Chosen,
  reach: Reach,
  { hasNote, drill }: { hasNote: boolean; drill: RollCall | undefined },
): ModalView {
  const { kind, startsAt } = chosen;
  const label = startsAt === null ? text.start[kind](reach.people) : text.plan[kind](reach.people);
  const isActual = kind === 'actual';
  return {
    type: 'modal',
    callback_id: CONFIRM_FORM,
    private_metadata: JSON.stringify(chosen),
    title: plain(text.confirmTitle[kind]),
    submit: plain(isActual ? text.back : label),
    close: plain(rollCallText.cancel),
    blocks: [
      markdownSection(questionOf(chosen, reach)),
      markdownSection(factLines(chosen, reach).join('\n')),
      ...(hasNote ? [noteInput()] : []),
      ...(isActual && drill && startsAt === null ? endDrillBlocks(drill) : []),
      ...(isActual
        ? [
            {
              type: 'actions' as const,
              block_id: 'start',
              elements: [button(START_ACTIONS.confirm, label, kind, 'danger')],
            },
          ]
        : []),
    ],
  };
}

function questionOf({ kind, startsAt }: Chosen, { people, centers }: Reach): string {
  return startsAt === null
    ? text.question[kind](people, centers)
    : text.laterQuestion[kind](people, centers, new Date(startsAt));
}

function factLines(
  { scenario, instructions, byMail, isAnnounced, startsAt }: Chosen,
  { withoutMail }: Reach,
) {
  const { ways } = text;
  const way = scenario === 'slack-outage' ? ways.mailOnly : byMail ? ways.chatAndMail : ways.chat;
  return [
    `*${SCENARIO_WORDS[scenario]}*`,
    rollCallText.instructions(instructions),
    byMail && withoutMail > 0 ? `${way}${ways.withoutMail(withoutMail)}` : way,
    ...(startsAt === null ? [] : [isAnnounced ? ways.announced : ways.unannounced]),
  ];
}

function endDrillBlocks(drill: RollCall): types.KnownBlock[] {
  return [
    markdownSection(escapeMrkdwn(text.drillRuns(nameOf(drill)))),
    input('end-drill', { label: text.endDrillLabel }, checkboxes([choice('yes', text.endDrill)])),
  ];
}

/** `14:00` */
function timeInJapan(at: Date): string {
  return new Date(at.getTime() + 9 * 60 * 60_000).toISOString().slice(11, 16);
}
