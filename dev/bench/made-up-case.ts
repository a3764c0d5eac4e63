/** One made-up case of a large city: five years, 60 centers, plausible shares of everything, the same in every run. */
import { formatReference, subjectKeys } from '../../src/features/consultation/finding/rules.ts';
import { codesOf, type Status, SUPPORTS, TOPICS } from '../../src/features/consultation/words.ts';

export const CASES = 100_000;
export const CENTERS = 60;
export const CORE_STAFF = 20;
export const STAFF_A_CENTER = 4;
const DAY = 86_400_000;

/** Surnames with their reading, the commonest first, and given names. */
const SURNAMES = words(
  '佐藤さとう 鈴木すずき 高橋たかはし 田中たなか 渡邉わたなべ 伊藤いとう 山本やまもと 中村なかむら 小林こばやし 加藤かとう 吉田よしだ 山田やまだ 佐々木ささき 山口やまぐち 松本まつもと 井上いのうえ 木村きむら 林はやし 齋藤さいとう 清水しみず 山崎やまざき 森もり 池田いけだ 橋本はしもと 阿部あべ 石川いしかわ 前田まえだ 藤田ふじた 後藤ごとう 近藤こんどう 村上むらかみ 遠藤えんどう 青木あおき 坂本さかもと 髙野たかの 小泉こいずみ 鴨下かもした 露木つゆき 二宮にのみや 北村きたむら',
);
const GIVEN = words(
  '花子はなこ 太郎たろう 和子かずこ 幸子さちこ 節子せつこ 洋子ようこ 清きよし 勇いさむ 実みのる 進すすむ 茂しげる 勝まさる 文子ふみこ 美代子みよこ 千代ちよ 正まさ 三郎さぶろう 久子ひさこ 光子みつこ 悦子えつこ 弘ひろし 昭あきら 敏子としこ 信子のぶこ 玲子れいこ 静子しずこ ハナはな フミふみ 貞夫さだお 義男よしお 武たけし 博ひろし 誠まこと 登のぼる 恵子けいこ 順子じゅんこ 京子きょうこ 富子とみこ 良子よしこ 一郎いちろう',
);

function words(list: string): { written: string; read: string }[] {
  return list.split(' ').map((word) => {
    const read = /[\u3041-\u3096]+$/u.exec(word)?.[0] ?? '';
    return { written: word.slice(0, word.length - read.length), read };
  });
}

export type Random = () => number;

/** Numbers that look random (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Shares of a hundred. Open cases are the latest ones, five of a hundred. */
const OPEN = shares({ submitted: 4, accepted: 10, active: 60, waiting: 20, closing: 6 });
const ENDED = shares({ closed: 95, declined: 2, withdrawn: 2, merged: 1 });

function shares(table: Partial<Record<Status, number>>): Status[] {
  return codesOf(table).flatMap((status) => Array.from({ length: table[status] ?? 0 }, () => status));
}

/** The `n`th of all, oldest first: its row, its topics, and its resident where it has one. */
export function makeCase(n: number, now: Date, random: Random) {
  const isOpen = n >= CASES * 0.95;
  const status = pick(isOpen ? OPEN : ENDED, random);
  const submittedAt = Math.floor(now.getTime() - (1 - n / CASES) * 5 * 365 * DAY - random() * DAY);
  const office = 1 + Math.floor(random() * CENTERS);
  const center = centerCode(office);
  const topics = topicsOf(random);
  const subject = random() < 0.8 ? subjectOf(random) : undefined;
  const row = {
    id: crypto.randomUUID(),
    reference: formatReference('R8', n + 1),
    kind: subject ? 'individual' : 'operation',
    urgency: pick(
      ['urgent', 'soon', 'soon', 'soon', 'normal', 'normal', 'normal', 'normal', 'normal'],
      random,
    ),
    status,
    version: 3,
    sending_center: center,
    sender: districtStaff(office, 1 + Math.floor(random() * STAFF_A_CENTER)),
    topics: JSON.stringify(topics),
    supports: JSON.stringify([pick(codesOf(SUPPORTS), random)]),
    submitted_at: submittedAt,
    person_in_charge: hasPersonInCharge(status) ? coreStaff(1 + Math.floor(random() * CORE_STAFF)) : null,
    answer_count: 1,
    responsible_center: responsibleFor(center, isOpen, random),
    is_restricted: random() < 0.02 ? 1 : 0,
    has_open_question: status === 'waiting' && random() < 0.5 ? 1 : 0,
    issue_tags: '[]',
    wants_faq_draft: 0,
    due_at: dueOf(status, now, random),
    updated_at: submittedAt,
  };
  return { row, topics, subject, keys: subject ? subjectKeys(subject) : [] };
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick');
  return item;
}

/** The first of a list four times as often as the last. */
function pickFromTheFront<Item>(items: readonly Item[], random: Random): Item {
  return pick(items, () => random() ** 2);
}

function topicsOf(random: Random) {
  const all = codesOf(TOPICS);
  const first = pickFromTheFront(all, random);
  return random() < 0.4 ? [...new Set([first, pickFromTheFront(all, random)])] : [first];
}

function subjectOf(random: Random) {
  const [surname, given] = [pickFromTheFront(SURNAMES, random), pick(GIVEN, random)];
  return {
    subjectName: `${surname.written} ${given.written}`,
    subjectKana: `${surname.read} ${given.read}`,
    subjectPhone: `0463-${digits(2, random)}-${digits(4, random)}`,
    subjectInsuredNumber: digits(10, random),
  };
}

function digits(count: number, random: Random): string {
  return String(Math.floor(random() * 10 ** count)).padStart(count, '0');
}

function hasPersonInCharge(status: Status): boolean {
  return status !== 'submitted' && status !== 'declined';
}

/** The core center has a few of the open ones in front; some went to another district. */
function responsibleFor(center: string, isOpen: boolean, random: Random): string {
  if (isOpen && random() < 0.03) return 'kikan';
  return random() < 0.02 ? centerCode(1 + Math.floor(random() * CENTERS)) : center;
}

/** A tenth of what is due is overdue. */
function dueOf(status: Status, now: Date, random: Random): number | null {
  const isDue = status === 'waiting' ? random() < 0.2 : ['submitted', 'accepted', 'active'].includes(status);
  return isDue ? Math.floor(now.getTime() + (random() - 0.1) * 10 * DAY) : null;
}

export function centerCode(n: number): string {
  return `d${pad(n)}`;
}

export function coreStaff(n: number): string {
  return `U0CORE${pad(n)}`;
}

export function districtStaff(office: number, n: number): string {
  return `U0D${pad(office)}${pad(n)}`;
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}
