/** Who may do what on the pages, route by route: written down by hand, so that nothing of the rules proves itself. */
import { PEOPLE } from './small-city.ts';

/** The case was sent by 東 and is in the charge of 基幹型; 西 has no part in it. */
export const ROLES = {
  inCharge: PEOPLE.naoko,
  coreStaff: PEOPLE.takuya,
  coreManager: 'U0SATORU',
  /** A manager, on duty, and an admin. */
  coreAdmin: PEOPLE.kenta,
  sender: PEOPLE.hanako,
  ownManager: PEOPLE.minoru,
  ownAdmin: 'U0AKIRA',
  otherStaff: PEOPLE.ichiro,
  otherManager: 'U0WAKABA',
  otherAdmin: 'U0FUMI',
  cityStaff: 'U0NOZOMI',
  cityAdmin: PEOPLE.makoto,
} as const;
export type Role = keyof typeof ROLES;
type Roles = readonly Role[];
export const ALL: Roles = [
  'inCharge',
  'coreStaff',
  'coreManager',
  'coreAdmin',
  'sender',
  'ownManager',
  'ownAdmin',
  'otherStaff',
  'otherManager',
  'otherAdmin',
  'cityStaff',
  'cityAdmin',
];

/** What becomes of the case, one after the other. */
export const STATES = ['open', 'restricted', 'closed', 'erased'] as const;
export type State = (typeof STATES)[number];

const CENTERS = ALL.filter((role) => !role.startsWith('city'));
const CORE: Roles = ['inCharge', 'coreStaff', 'coreManager', 'coreAdmin'];
/** Those who work in 東. */
const OF_EAST: Roles = ['sender', 'ownManager', 'ownAdmin'];
const OF_DISTRICTS: Roles = [...OF_EAST, 'otherStaff', 'otherManager', 'otherAdmin'];
const ADMINS: Roles = ['coreAdmin', 'ownAdmin', 'otherAdmin', 'cityAdmin'];
const MANAGERS: Roles = ['coreManager', 'coreAdmin', 'ownManager', 'otherManager'];
/** Numbers about the FAQ, without anybody's words. */
const FIGURES: Roles = [...CORE, 'ownAdmin', 'otherAdmin', 'cityStaff', 'cityAdmin'];
const LOG_READERS: Roles = [...MANAGERS, 'ownAdmin', 'otherAdmin', 'cityAdmin'];

/** Restricted: whoever is named. Else the core center and the center that sent it. */
function seeing(state: State): Roles {
  return state === 'restricted' ? ['inCharge', 'sender'] : [...CORE, 'sender', 'ownManager', 'ownAdmin'];
}
const seeingAmong = (some: Roles) => (state: State) => seeing(state).filter((role) => some.includes(role));
/** Admins by reference, whatever has become of the case. */
const logOfCase = (state: State): Roles => [...ADMINS, ...seeingAmong(['ownManager'])(state)];
const holding = (state: State): Roles =>
  state === 'erased' ? [] : [...ADMINS, ...seeingAmong(['coreManager'])(state)];
const handling = seeingAmong(['coreManager', 'coreAdmin', 'ownManager']);
const disclosing = seeingAmong(['coreManager', 'coreAdmin']);

interface Access {
  who: Roles | ((state: State) => Roles);
  /** What they are answered; 200 unless told. Forms come empty here, and are answered with what is missing. */
  answer?: number;
  /** The same for a case that was erased, and who is told that it was. */
  erased?: number;
  erasedFor?: Roles;
  /** Named in the address, in the place of what the case of this test has. */
  path?: string;
}

const EMPTY = 422;
const GONE = { erased: 410, erasedFor: seeing('erased') } as const;
const people: Access = { who: ADMINS };

export const ACCESS: Readonly<Record<string, Access>> = {
  'GET /': { who: ALL },
  'GET /shared': { who: ALL },
  'GET /cases': { who: CENTERS },
  'GET /cases/new': { who: CENTERS },
  'GET /cases/search': { who: ALL, answer: 303 },
  'POST /cases/search': { who: CENTERS, answer: EMPTY },
  'GET /cases/:reference': { who: seeing, ...GONE },
  'GET /cases/:reference/print': { who: seeing, ...GONE },
  'GET /cases/:reference/do/:operation': { who: seeing },
  'POST /cases/:reference/do/:operation': { who: seeing },
  'POST /cases/:reference/files': { who: seeing, answer: EMPTY },
  'GET /cases/:reference/files/:file': { who: seeing, ...GONE },
  'POST /cases/:reference/files/:file/remove': { who: seeing, answer: EMPTY },
  'GET /cases/:reference/log': { who: logOfCase },
  'GET /cases/:reference/log.csv': { who: logOfCase },
  'GET /cases/:reference/resident-log': { who: logOfCase },
  'GET /cases/:reference/resident-log.csv': { who: logOfCase },
  'GET /cases/:reference/disclosure': { who: disclosing, ...GONE },
  'POST /cases/:reference/disclosure': { who: disclosing, answer: EMPTY, ...GONE },
  'GET /requests': { who: MANAGERS },
  'POST /requests': { who: MANAGERS, answer: EMPTY },
  'GET /requests/:id': { who: handling },
  'POST /requests/:id/extend': { who: handling, answer: EMPTY },
  'POST /requests/:id/settle': { who: handling, answer: EMPTY },
  'GET /retention': { who: LOG_READERS },
  'POST /retention/find': { who: ['coreManager', ...ADMINS], answer: EMPTY },
  'GET /retention/:reference': { who: holding },
  'POST /retention/:reference/hold': { who: holding, answer: EMPTY },
  'POST /retention/:reference/lift': { who: holding, answer: 303 },
  'GET /break-glass': { who: MANAGERS },
  'POST /break-glass': { who: MANAGERS, answer: EMPTY },
  'GET /log': { who: LOG_READERS },
  'GET /log.csv': { who: LOG_READERS },
  'GET /incident': people,
  'GET /incident.csv': { ...people, answer: 303 },
  'GET /people': people,
  'GET /people/new': people,
  'GET /people/staff/:id': people,
  'GET /people/staff/:id/remove': people,
  // Somebody who is gone already: nothing is left to do.
  'POST /people/staff/:id/remove': { ...people, answer: 303, path: '/people/staff/U0NOBODY/remove' },
  'GET /people/centers/new': people,
  'GET /people/centers/:code': people,
  'GET /people/centers/:code/close': people,
  'POST /people/centers/:code/close': { ...people, answer: 303, path: '/people/centers/nowhere/close' },
  'GET /people/file': people,
  'GET /people/file/download': people,
  'POST /people/file/check': { ...people, answer: EMPTY },
  'POST /people/file/load': { ...people, answer: EMPTY },
  'GET /meetings': { who: ALL },
  // Of a private meeting of 東.
  'GET /meetings/:reference': { who: OF_EAST },
  'GET /meetings/plan': { who: [...CORE, 'cityStaff', 'cityAdmin'] },
  'GET /meetings/calendar': { who: ALL },
  'GET /meetings/kinds': { who: ['coreManager', ...ADMINS] },
  'GET /meetings/search': { who: ALL },
  'POST /meetings/search': { who: ALL, answer: EMPTY },
  'GET /meetings/promises': { who: ALL },
  // Of a promise that is not there.
  'POST /meetings/promises/:id': { who: [] },
  // Before it began: there is nothing to read yet, and nothing is stored.
  'GET /meetings/:reference/minutes': { who: OF_EAST },
  'GET /meetings/:reference/minutes/print': { who: OF_EAST },
  'POST /meetings/:reference/minutes': { who: OF_EAST, answer: EMPTY },
  'GET /meetings/:reference/attendance.csv': { who: OF_EAST },
  'GET /settings': { who: ALL },
  'GET /settings/:section': { who: CORE },
  'GET /faq': { who: ALL },
  'POST /faq': { who: ALL, answer: EMPTY },
  // Of nobody's question, and of an entry that is not there; test/features/faq/asking-pages.test.ts tells who reads what.
  'GET /faq/asks/:id': { who: [] },
  'GET /faq/asks/:id/consult': { who: [] },
  'POST /faq/asks/:id/consult': { who: [] },
  'GET /faq/:number{[0-9]{1,9}}': { who: [], path: '/faq/999999999' },
  'POST /faq/:number{[0-9]{1,9}}/vote': { who: [], path: '/faq/999999999/vote' },
  'GET /faq/desk/exchange': { who: [...new Set([...CORE, ...ADMINS])] },
  'GET /faq/desk/exchange/faq.json': { who: [...new Set([...CORE, ...ADMINS])] },
  'GET /faq/desk/exchange/faq.csv': { who: [...new Set([...CORE, ...ADMINS])] },
  'POST /faq/desk/exchange/check': { who: ['coreManager', ...ADMINS], answer: EMPTY },
  'POST /faq/desk/exchange/load': { who: ['coreManager', ...ADMINS], answer: EMPTY },
  'GET /faq/desk/questions': { who: CORE },
  // There is none in this city; test/features/faq/questions.test.ts tells who does what with one.
  'GET /faq/desk/questions/:number': { who: [], path: '/faq/desk/questions/1' },
  'POST /faq/desk/questions/:number': { who: [], path: '/faq/desk/questions/1' },
  'GET /faq/desk/drafting': { who: CORE },
  'POST /faq/desk/drafting': { who: CORE, answer: EMPTY },
  'GET /faq/figures': { who: FIGURES },
  'GET /faq/figures.csv': { who: FIGURES },
  'GET /faq/desk/synonyms': { who: CORE },
  'POST /faq/desk/synonyms': { who: CORE },
  'GET /faq/desk/synonyms.csv': { who: CORE },
  'GET /faq/desk/synonyms/new': { who: CORE },
  'POST /faq/desk/synonyms/new': { who: CORE, answer: EMPTY },
  // There is none of this number; test/features/faq/synonyms.test.ts tells who changes one.
  'GET /faq/desk/synonyms/:group': { who: [], path: '/faq/desk/synonyms/999999' },
  'POST /faq/desk/synonyms/:group': { who: [], path: '/faq/desk/synonyms/999999' },
  'POST /faq/desk/synonyms/:group/remove': { who: [], path: '/faq/desk/synonyms/999999/remove' },
  'GET /issues': { who: ALL },
  'GET /issues.csv': { who: ALL },
  // There is none in this city; test/features/meeting/issues.test.ts tells who reads what of one.
  'GET /issues/:reference': { who: [] },
  'POST /issues/:reference': { who: [] },
  'POST /issues/:reference/agenda': { who: [] },
  'GET /trainings': { who: ALL },
  'GET /trainings/hours': { who: ALL },
  'GET /trainings/hours.csv': { who: ALL },
  // Of a meeting that is no training.
  'GET /trainings/:reference/record': { who: [] },
  'POST /trainings/:reference/record': { who: [] },
  'GET /roll-calls': { who: ALL },
  // There is none in this city; test/features/roll-call/starting.test.ts tells who sees what of one.
  'GET /roll-calls/:reference': { who: [] },
  'GET /roll-calls/priority': { who: OF_DISTRICTS },
  'POST /roll-calls/priority': { who: OF_DISTRICTS },
  // There is none in this city; test/features/roll-call/priority.test.ts tells who ticks off in one.
  'GET /roll-calls/:reference/checks': { who: [] },
  'POST /roll-calls/:reference/checks': { who: [] },
  // There is none in this city; test/features/roll-call/board.test.ts tells who reads what of one.
  'GET /roll-calls/:reference/board': { who: [] },
  'GET /roll-calls/improvements': { who: ALL },
  'GET /roll-calls/:reference/report': { who: [] },
  'GET /roll-calls/:reference/report.csv': { who: [] },
  'GET /roll-calls/cards': { who: LOG_READERS },
  // Of 西.
  'GET /roll-calls/cards/:code': { who: ['coreManager', 'otherManager', ...ADMINS] },
  'POST /roll-calls/cards/:code': { who: ['coreManager', 'otherManager', ...ADMINS], answer: 303 },
  'GET /faq/desk': { who: [...CORE, 'ownAdmin', 'otherAdmin', 'cityAdmin'] },
  'GET /faq/desk/entries': { who: [...CORE, 'ownAdmin', 'otherAdmin', 'cityAdmin'] },
  'POST /faq/desk/entries': { who: [...CORE, 'ownAdmin', 'otherAdmin', 'cityAdmin'] },
  'GET /faq/desk/new': { who: CORE },
  'POST /faq/desk/new': { who: CORE, answer: EMPTY },
  'GET /faq/desk/duplicates': { who: CORE },
  // Of entries that are not there; test/features/faq/duplicates.test.ts tells who merges.
  'POST /faq/desk/duplicates': { who: [] },
  // There is none of this number; test/features/faq/editing.test.ts tells who does what with one.
  'GET /faq/desk/:number{[0-9]+}': { who: [], path: '/faq/desk/999' },
  'POST /faq/desk/:number{[0-9]+}': { who: [], path: '/faq/desk/999' },
  'POST /faq/desk/:number{[0-9]+}/drop': { who: [], path: '/faq/desk/999/drop' },
  'GET /faq/desk/:number{[0-9]+}/approval': { who: [], path: '/faq/desk/999/approval' },
  'POST /faq/desk/:number{[0-9]+}/approval': { who: [], path: '/faq/desk/999/approval' },
  'POST /faq/desk/:number{[0-9]+}/withdraw': { who: [], path: '/faq/desk/999/withdraw' },
  'POST /faq/desk/:number{[0-9]+}/reviewed': { who: [], path: '/faq/desk/999/reviewed' },
  'GET /faq/desk/:number{[0-9]+}/history': { who: [], path: '/faq/desk/999/history' },
  'POST /faq/desk/:number{[0-9]+}/history': { who: [], path: '/faq/desk/999/history' },
  // Without a view of ours there is nothing to press or to send.
  'POST /modal/press': { who: [] },
  'POST /modal/submit': { who: [] },
};

/** The last of all: it ends the session that asks. */
export const SIGN_OUT = 'POST /settings/sign-out-everywhere';

/** For whoever is not signed in, and what they answer then; `/slack/events` without a signature. */
export const PUBLIC: Readonly<Record<string, number>> = {
  'GET /sign-in': 200,
  'GET /sign-in/slack': 303,
  'GET /sign-in/callback': 400,
  'POST /sign-out': 303,
  'GET /:style{style-[0-9a-f]{12}\\.css}': 404,
  'GET /:script{live-[0-9a-f]{12}\\.js}': 404,
  'GET /healthz': 200,
  'GET /calendar/:file': 404,
  'GET /safety/:token': 404,
  'POST /safety/:token': 404,
  'GET /safety/:token/others': 404,
  'POST /safety/:token/others': 404,
  'GET /safety/center/:token': 404,
  'POST /safety/center/:token': 404,
  'POST /slack/events': 401,
};
