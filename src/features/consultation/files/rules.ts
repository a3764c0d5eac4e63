/** What may be attached to a case, under which name, and who may take it away again. Pure. */
import { characterCount, fold } from '../../../lib/japanese.ts';
import {
  isCoreManager,
  isInCharge,
  maySee,
  type Person,
  type Standing,
  seesByEmergencyAlone,
} from '../visibility/rules.ts';
import { FILE_KINDS, type FileKind } from './words.ts';

/** 10 MB: a dozen scanned pages, or a phone's photograph. The pages take forms of 11 MB (`web/pages.ts`). */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
/** Of one case, those taken away again not counted. */
export const MAX_FILES = 30;
/** Windows takes 255, with the folders around it 260. */
const MAX_NAME = 200;

/** Why a file is not taken. */
export type FileFault =
  | 'nothing'
  | 'empty'
  | 'too-large'
  | 'unsupported'
  | 'macros'
  | 'locked'
  | 'other-ending';

/**
 * A file's name without what could mislead: folders, line breaks and other control characters, marks that turn the direction of
 * writing (U+202E, with which `…fdp.exe` reads as a PDF). Rare kanji and their variants stay. The middle of a long name goes, never its ending.
 */
export function fileNameOf(typed: string): string {
  const [bare = ''] = typed.split(/[/\\]/).slice(-1);
  const plain = bare
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, '')
    .trim();
  if (characterCount(plain) <= MAX_NAME) return plain;
  const cut = plain.lastIndexOf('.');
  const ending = cut > 0 && characterCount(plain.slice(cut)) < MAX_NAME ? plain.slice(cut) : '';
  const stem = plain.slice(0, plain.length - ending.length);
  return `${[...stem].slice(0, MAX_NAME - characterCount(ending)).join('')}${ending}`;
}

/** Whether the name ends as files of that kind do. */
export function endsLike(name: string, kind: FileKind): boolean {
  const cut = name.lastIndexOf('.');
  const ending = fold(cut < 0 ? '' : name.slice(cut + 1)).toLowerCase();
  return FILE_KINDS[kind].endings.some((each) => each === ending);
}

/**
 * Whoever brought it, whoever is in charge and the core managers may take a file away, also when the case has ended: a paper about
 * somebody else must not stay.
 */
export function mayRemove(person: Person, standing: Standing, file: { addedBy: string }): boolean {
  if (!maySee(person, standing) || standing.erasedAt || seesByEmergencyAlone(person, standing)) return false;
  return person.slackUserId === file.addedBy || isInCharge(person, standing) || isCoreManager(person);
}
