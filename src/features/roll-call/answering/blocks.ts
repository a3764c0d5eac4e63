/** The form of an answer: one's own, or somebody else's. */
import type { types } from '@slack/bolt';
import { option, plain, plainSections } from '../../../slack/block-kit.ts';
import { choice, input, radio, select, textLine } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { ListedOnRoster, RollCall } from '../data.ts';
import { nameOf, rollCallText } from '../text.ts';
import {
  COMING_CHOICES,
  COMINGS,
  FAMILIES,
  FAMILY_WORDS,
  PLACE_WORDS,
  PLACES,
  SAFETIES,
  SAFETY_WORDS,
} from '../words.ts';
import { UNSAID } from './schema.ts';
import { type SaidAnswer, answeringText as text } from './text.ts';

export const ANSWER_FORM = 'roll-call.answer';
export const PROXY_FORM = 'roll-call.answer-for';
export const PROXY_CENTER_FORM = 'roll-call.answer-for.center';

/** Slack's choices of a menu, and of a group in it. */
const MAX_OPTIONS = 100;
const MAX_MINUTES_LETTERS = 10;
const NOTHING_SAID: SaidAnswer = {
  safety: null,
  place: null,
  coming: null,
  comingMinutes: null,
  family: null,
};

/** @param said what counts of the person's answers so far */
export function answerForm(rollCall: RollCall, said: SaidAnswer = NOTHING_SAID): ModalView {
  return {
    ...frameOf(rollCall),
    callback_id: ANSWER_FORM,
    title: plain(text.form.title),
    blocks: [...plainSections(nameOf(rollCall)), ...answerInputs(said)],
  };
}

/** The same for one of these people, who must not be none and at most a hundred where they are of several centers. */
export function proxyForm(rollCall: RollCall, people: readonly ListedOnRoster[]): ModalView {
  return {
    ...frameOf(rollCall),
    callback_id: PROXY_FORM,
    title: plain(text.form.proxyTitle),
    blocks: [
      ...plainSections(nameOf(rollCall)),
      input('person', { label: text.form.person }, personSelect(people), true),
      ...answerInputs(NOTHING_SAID),
    ],
  };
}

/** Which center's people the form is about: Slack takes no list of a whole large city. */
export function proxyCenterForm(rollCall: RollCall, people: readonly ListedOnRoster[]): ModalView {
  const options = [...byCenter(people)].map(([code, of]) => {
    const silent = of.filter(({ answeredAt }) => answeredAt === null).length;
    return choice(code, `${of[0]?.centerShort ?? ''}（${text.form.silentOf(silent, of.length)}）`);
  });
  return {
    ...frameOf(rollCall),
    callback_id: PROXY_CENTER_FORM,
    title: plain(text.form.proxyTitle),
    submit: plain(text.form.next),
    blocks: [
      ...plainSections(nameOf(rollCall)),
      input(
        'center',
        { label: text.form.center },
        select(options, { placeholder: text.form.choosePerson }),
        true,
      ),
    ],
  };
}

/** What the form brings back: the roll-call, and a mark of its own. A view keeps its id while forms take turns in it. */
export function readFormMetadata(metadata: string): { id: string; mark: string } {
  const [id = '', mark = ''] = metadata.split('/');
  return { id, mark };
}

function frameOf({ id }: RollCall) {
  return {
    type: 'modal' as const,
    private_metadata: `${id}/${crypto.randomUUID()}`,
    submit: plain(rollCallText.submit),
    close: plain(rollCallText.cancel),
  };
}

function answerInputs({ safety, place, coming, comingMinutes, family }: SaidAnswer): types.InputBlock[] {
  const { form } = text;
  return [
    input(
      'safety',
      { label: form.safety },
      radio(optionsOf(SAFETIES, SAFETY_WORDS), safety ?? undefined),
      true,
    ),
    input('place', { label: form.place }, optional(optionsOf(PLACES, PLACE_WORDS), place)),
    input('coming', { label: form.coming }, optional(optionsOf(COMINGS, COMING_CHOICES), coming)),
    input(
      'minutes',
      { label: form.minutes, hint: form.minutesHint },
      textLine({
        max: MAX_MINUTES_LETTERS,
        initial: comingMinutes === null ? null : String(comingMinutes),
      }),
    ),
    input('family', { label: form.family }, optional(optionsOf(FAMILIES, FAMILY_WORDS), family)),
  ];
}

function optionsOf<Word extends string>(words: readonly Word[], labels: Readonly<Record<Word, string>>) {
  return words.map((word) => option(word, labels[word]));
}

function optional(options: types.PlainTextOption[], chosen: string | null): types.RadioButtons {
  return radio([...options, option(UNSAID, text.form.unsaid)], chosen ?? UNSAID);
}

function personSelect(people: readonly ListedOnRoster[]): types.StaticSelect {
  const centers = [...byCenter(people).values()];
  const [only, second] = centers;
  const { choosePerson: placeholder } = text.form;
  if (second === undefined) return select((only ?? []).map(optionFor), { placeholder });
  return {
    type: 'static_select',
    action_id: 'input',
    placeholder: plain(placeholder),
    option_groups: centers.map((of) => ({
      label: plain(of[0]?.centerShort ?? ''),
      options: of.slice(0, MAX_OPTIONS).map(optionFor),
    })),
  };
}

function optionFor({ person, name, answeredAt }: ListedOnRoster): types.PlainTextOption {
  return choice(person, answeredAt === null ? `${name}（${text.form.silentMark}）` : name);
}

/** By center in its order, whoever is silent first. */
function byCenter(people: readonly ListedOnRoster[]): Map<string, ListedOnRoster[]> {
  const sorted = [...people].sort(
    (one, other) => Number(one.answeredAt !== null) - Number(other.answeredAt !== null),
  );
  // In the order of the people as they came: that of the city file.
  const centers = new Map<string, ListedOnRoster[]>(people.map(({ center }) => [center, []]));
  for (const each of sorted) centers.get(each.center)?.push(each);
  return centers;
}
