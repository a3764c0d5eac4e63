/** The forms of a center's report: which center, where there is a choice, and the report itself. */
import { contextLine, noticeSections, option, plain } from '../../../slack/block-kit.ts';
import { checkboxes, choice, input, select, textArea, textLine } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { RollCall } from '../data.ts';
import { nameOf } from '../text.ts';
import { BUILDINGS, DAMAGES, LIFELINES, NEED_NAMES, NEEDS, SERVICES, SUPPLIES } from '../words.ts';
import type { ReportingCenter, Status } from './rules.ts';
import { FINE, MAX_NOTE, NO_NEEDS, UNSEEN } from './schema.ts';
import { reportingText as text } from './text.ts';

export const CENTER_FORM = 'roll-call.report.center';
export const REPORT_FORM = 'roll-call.report';

/** What a report is about, and which one it follows. */
export interface Of {
  rollCallId: string;
  center: string;
  /** Number of the report that the form started from; 0 before the first. */
  base: number;
}

export function writeMetadata({ rollCallId, center, base }: Of): string {
  return `${rollCallId} ${center} ${base}`;
}

export function readMetadata(metadata: string): Of {
  const [rollCallId = '', center = '', base = ''] = metadata.split(' ');
  return { rollCallId, center, base: /^\d{1,6}$/.test(base) ? Number(base) : 0 };
}

/** @param centers those that this person may report for; not empty */
export function centerForm(rollCall: RollCall, centers: readonly ReportingCenter[], own: string): ModalView {
  const choices = centers.map(({ code, short }) => choice(code, short));
  return {
    type: 'modal',
    callback_id: CENTER_FORM,
    private_metadata: rollCall.id,
    title: plain(text.title),
    submit: plain(text.next),
    close: plain(text.close),
    blocks: [
      { type: 'section', text: plain(nameOf(rollCall)) },
      input(
        'center',
        { label: text.chooseTitle },
        select(choices, { chosen: own, placeholder: text.choose }),
        true,
      ),
    ],
  };
}

export interface ReportFormProps {
  rollCall: RollCall;
  center: Pick<ReportingCenter, 'code' | 'short'>;
  base: number;
  /** What the form begins with. */
  status: Status;
  /** Undefined where nothing may be typed. */
  note: string | null | undefined;
  /** Whether 優先安否確認 comes from the center's list. */
  isFromList: boolean;
  notices?: readonly string[];
}

export function reportForm({
  rollCall,
  center,
  base,
  status,
  note,
  isFromList,
  notices = [],
}: ReportFormProps): ModalView {
  const { fields, quick, words } = text;
  const of = <Word extends string>(
    field: 'damage' | 'building' | 'service' | (typeof LIFELINES)[number],
    known: readonly Word[],
    labels: Readonly<Record<Word, string>>,
    chosen: Word | null,
  ) => {
    const options = [option(UNSEEN, text.unknown), ...known.map((each) => option(each, labels[each]))];
    return input(field, { label: fields[field] }, select(options, { chosen: chosen ?? UNSEEN }), true);
  };
  return {
    type: 'modal',
    callback_id: REPORT_FORM,
    private_metadata: writeMetadata({ rollCallId: rollCall.id, center: center.code, base }),
    title: plain(text.title),
    submit: plain(text.submit),
    close: plain(text.close),
    blocks: [
      ...noticeSections(notices),
      { type: 'section', text: plain(`${nameOf(rollCall)}\n${text.heading(center.short, base + 1)}`) },
      ...(base === 0 ? [] : [contextLine(text.startsFromLast(base))]),
      input(
        'quick',
        { label: quick.label, hint: quick.hint },
        select([option('each', quick.each), option(FINE, quick.fine)], { chosen: 'each' }),
        true,
      ),
      of('service', SERVICES, words.service, status.service),
      of('damage', DAMAGES, words.damage, status.damage),
      of('building', BUILDINGS, words.building, status.building),
      ...LIFELINES.map((lifeline) => of(lifeline, SUPPLIES, words.supply, status[lifeline])),
      input(
        'gathered',
        { label: fields.gathered, hint: text.gatheredHint },
        textLine({ max: 10, initial: written(status.gathered) }),
      ),
      input(
        'checksDone',
        { label: fields.checksDone, ...(isFromList ? { hint: text.checksFromList } : {}) },
        textLine({ max: 10, initial: written(status.checksDone) }),
      ),
      input(
        'checksTotal',
        { label: fields.checksTotal },
        textLine({ max: 10, initial: written(status.checksTotal) }),
      ),
      input('needs', { label: fields.needs, hint: text.needsHint }, needsChoice(status)),
      note === undefined
        ? contextLine(text.noNoteHere)
        : input(
            'note',
            { label: fields.note, hint: text.noteHint },
            textArea({ max: MAX_NOTE, initial: note }),
          ),
    ],
  };
}

function written(count: number | null): string | null {
  return count === null ? null : String(count);
}

function needsChoice({ needsPeople, needsGoods, needsVehicles }: Status) {
  const stated = { people: needsPeople, goods: needsGoods, vehicles: needsVehicles };
  const needed = NEEDS.filter((need) => stated[need] === true);
  const isNone = needed.length === 0 && NEEDS.some((need) => stated[need] === false);
  return checkboxes(
    [option(NO_NEEDS, text.noNeeds), ...NEEDS.map((need) => option(need, NEED_NAMES[need]))],
    isNone ? [NO_NEEDS] : needed,
  );
}
