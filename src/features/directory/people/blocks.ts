/** The forms of a person and of a center. */
import type { types } from '@slack/bolt';
import { noticeSections, option, plain, plainSections } from '../../../slack/block-kit.ts';
import { input } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { CityFile } from '../schema.ts';
import type { Center, Person } from './rules.ts';
import { peopleText as text } from './text.ts';

export const PERSON_FORM = 'people.person';
export const CENTER_FORM = 'people.center';

/** What a form is for: nobody's entry yet (with the center to begin with), or one with the mark of what was shown. */
export interface FormSubject {
  id: string;
  mark: string;
}

/** @param person undefined for a new one; `inCenter` is then chosen beforehand */
export function personModal(
  file: Pick<CityFile, 'centers'>,
  person: Person | undefined,
  subject: FormSubject,
  { inCenter, notices = [] }: { inCenter?: string | undefined; notices?: readonly string[] } = {},
): ModalView {
  const words = text.person;
  const centers = file.centers.map(({ code, name }) => option(code, name));
  const chosen = centers.find(({ value }) => value === (person?.center ?? inCenter));
  const roles = (['staff', 'manager'] as const).map((role) => option(role, text.roles[role]));
  const rights = [option('admin', text.admin, text.adminNote), option('duty', text.duty, text.dutyNote)];
  const held = rights.filter(({ value }) => (value === 'admin' ? person?.admin : person?.duty));
  return {
    type: 'modal',
    callback_id: PERSON_FORM,
    private_metadata: JSON.stringify(subject),
    title: plain(person ? words.title : words.newTitle),
    submit: plain(text.save),
    close: plain(text.returnTo),
    blocks: [
      ...noticeSections(notices),
      ...(person
        ? plainSections(words.about(person.name, person.slackUserId))
        : [input('slackUserId', { label: words.slackUserId, hint: words.slackHint }, typed(''), true)]),
      input('name', { label: words.name }, typed(person?.name), true),
      input(
        'center',
        { label: words.center },
        {
          type: 'static_select',
          action_id: 'input',
          placeholder: plain(words.choose),
          options: centers,
          ...(chosen ? { initial_option: chosen } : {}),
        },
        true,
      ),
      input(
        'profession',
        { label: words.profession, hint: words.professionHint },
        typed(person?.profession),
        true,
      ),
      input('role', { label: words.role }, radio(roles, person?.role ?? 'staff'), true),
      input(
        'rights',
        { label: words.rights },
        {
          type: 'checkboxes',
          action_id: 'input',
          options: rights,
          ...(held.length > 0 ? { initial_options: held } : {}),
        },
        false,
      ),
      input('email', { label: words.email }, typed(person?.email), false),
    ],
  };
}

/** @param center undefined for a new one, whose code and kind are then asked, too */
export function centerModal(
  center: Center | undefined,
  subject: FormSubject,
  notices: readonly string[] = [],
): ModalView {
  const words = text.center;
  const kinds = (['district', 'city'] as const).map((kind) => option(kind, text.kinds[kind]));
  return {
    type: 'modal',
    callback_id: CENTER_FORM,
    private_metadata: JSON.stringify(subject),
    title: plain(center ? words.title : words.newTitle),
    submit: plain(text.save),
    close: plain(text.returnTo),
    blocks: [
      ...noticeSections(notices),
      ...(center
        ? plainSections(words.about(center.name, text.kinds[center.kind]))
        : [
            input('kind', { label: words.kind }, radio(kinds, 'district'), true),
            input('code', { label: words.code, hint: words.codeHint }, typed(''), true),
          ]),
      input('name', { label: words.name }, typed(center?.name), true),
      input('short', { label: words.short, hint: words.shortHint }, typed(center?.short), true),
      input('channel', { label: words.channel, hint: words.channelHint }, typed(center?.channel), false),
      input('area', { label: words.area }, typed(center?.area), false),
    ],
  };
}

function typed(value: string | undefined): types.InputBlock['element'] {
  return { type: 'plain_text_input', action_id: 'input', ...(value ? { initial_value: value } : {}) };
}

function radio(options: types.PlainTextOption[], chosen: string): types.InputBlock['element'] {
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'radio_buttons',
    action_id: 'input',
    options,
    ...(initial ? { initial_option: initial } : {}),
  };
}
