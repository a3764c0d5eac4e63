/** Every kind of change has a line that people understand: words and names, no codes and no ids. */
import { describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../../src/features/consultation/operating/words.ts';
import { OTHER_EVENTS } from '../../../src/features/consultation/text.ts';
import type { CaseEvent } from '../../../src/features/consultation/timeline/data.ts';
import {
  detailRows,
  type OpenedCase,
  sentenceOf,
  timelineLines,
} from '../../../src/features/consultation/timeline/lines.ts';

const AT = new Date('2026-11-24T00:05:00Z');

const opened: OpenedCase = {
  names: {
    people: new Map([
      ['U0NAOKO', '伊藤 直子'],
      ['U0KENTA', '田中 健太'],
      ['U0TAKUYA', '原田 拓也'],
    ]),
    centers: new Map([
      ['east', '東'],
      ['kikan', '基幹型'],
    ]),
    cases: new Map([['k2', 'R8-0002']]),
  },
  content: { body: '夜に大きな声がします。', subject: {} },
  answers: [{ id: 'a1', authorName: '伊藤 直子', answeredAt: AT, body: '一緒に訪問します。' }],
  notes: [
    noteOf('n1', 'reason', '家族と連絡がつきました。'),
    noteOf('n2', 'question', '鍵は誰が持っていますか。'),
    noteOf('n3', 'thread', '一行目'),
    noteOf('n4', 'thread', '二行目'),
  ],
  activities: [
    {
      id: 'v1',
      kind: 'joint_visit',
      state: 'done',
      heldOn: '2026-11-25',
      startsAtTime: '14:30',
      bodies: [],
      createdAt: AT,
      authorName: '伊藤 直子',
      peopleNames: ['伊藤 直子'],
      summary: '玄関先で話せました。',
    },
  ],
};

function noteOf(id: string, kind: OpenedCase['notes'][number]['kind'], body: string) {
  return {
    id,
    kind,
    author: 'U0NAOKO',
    authorName: '伊藤 直子',
    writtenAt: AT,
    editedAt: null,
    deletedInSlackAt: null,
    body,
  };
}

function eventOf(name: string, detail: CaseEvent['detail'] = {}, actor = 'U0NAOKO'): CaseEvent {
  return {
    seq: 2,
    at: AT,
    actor,
    actorName: opened.names.people.get(actor) ?? null,
    action: `consultation.${name}`,
    detail: { version: 2, status: 'active', was: 'active', ...detail },
  };
}

/** The sentence, the rows below it and the texts, as one list. */
function readingOf(event: CaseEvent): string[] {
  const [line] = timelineLines([event], opened);
  if (!line) throw new Error('no line');
  return [sentenceOf(line), ...detailRows(line), ...line.texts.map(({ body }) => body)];
}

/** What each part of 相談 writes in its details, and what is read there. */
const SAMPLES: [name: string, detail: CaseEvent['detail'], rows: string[], actor?: string][] = [
  [
    'submit',
    { reference: 'R8-0001', center: 'east', kind: 'individual', urgency: 'urgent' },
    ['相談元：東', '緊急度：至急', '夜に大きな声がします。'],
  ],
  ['accept', { was: 'submitted', status: 'accepted' }, ['状態：受付待ち → 受付済', '担当：伊藤 直子']],
  [
    'decline',
    { reason: 'other_office', note: 'n1', was: 'submitted', status: 'declined' },
    ['状態：受付待ち → 受付不可', '理由：他の窓口が担当：家族と連絡がつきました。'],
  ],
  ['withdraw', { note: null, offer: null, status: 'withdrawn' }, ['状態：対応中 → 取下げ']],
  [
    'reclassify',
    { from: 'normal', to: 'urgent', fromTopics: '', toTopics: 'elder_abuse,dementia' },
    ['緊急度：通常 → 至急', '分類：高齢者虐待、認知症'],
  ],
  ['reclassify', { fromSupports: 'advice', toSupports: '' }, ['求める支援：助言 → なし']],
  ['comment', { note: 'n1' }, ['理由：家族と連絡がつきました。']],
  ['claim', { from: null, to: 'U0NAOKO' }, ['担当：伊藤 直子']],
  [
    'release',
    { from: 'U0NAOKO', to: null, note: 'n1' },
    ['担当：伊藤 直子 → なし', '理由：家族と連絡がつきました。'],
  ],
  ['assign', { from: 'U0NAOKO', proposed: 'U0TAKUYA', wasProposed: null }, ['担当の依頼：原田 拓也']],
  ['assign', { from: 'U0NAOKO', to: 'U0KENTA' }, ['担当：伊藤 直子 → 田中 健太'], 'U0KENTA'],
  ['assign', { from: 'U0NAOKO', to: 'U0NAOKO', wasProposed: 'U0TAKUYA' }, ['担当の依頼：原田 拓也 → なし']],
  ['confirm_assignment', { from: 'U0NAOKO', to: 'U0TAKUYA' }, ['担当：伊藤 直子 → 原田 拓也'], 'U0TAKUYA'],
  [
    'refuse_assignment',
    { wasProposed: 'U0TAKUYA', note: null },
    ['担当の依頼：原田 拓也 → なし'],
    'U0TAKUYA',
  ],
  ['answer', { answer: 'a1', accepts: false }, ['一緒に訪問します。']],
  [
    'answer',
    { answer: 'a1', accepts: true, was: 'submitted' },
    ['状態：受付待ち → 対応中', '担当：伊藤 直子', '一緒に訪問します。'],
  ],
  [
    'ask',
    { note: 'n2', waitedFor: 'sender', until: '2026-12-01', fromUntil: null, status: 'waiting' },
    [
      '状態：対応中 → 回答待ち',
      '待っていること：相談元からの返事',
      '期日：12月1日(火)',
      '鍵は誰が持っていますか。',
    ],
  ],
  [
    'reply',
    { note: 'n2', waitedFor: 'sender', was: 'waiting' },
    ['状態：回答待ち → 対応中', '待っていること：相談元からの返事 → なし', '鍵は誰が持っていますか。'],
  ],
  [
    'wait',
    {
      waitedFor: 'body',
      until: '2026-12-02',
      from: null,
      fromUntil: '2026-12-01',
      status: 'waiting',
      was: 'waiting',
    },
    ['待っていること：関係機関・庁内課からの返事', '期日：12月1日(火) → 12月2日(水)'],
  ],
  [
    'resume',
    { waitedFor: 'body', fromUntil: '2026-12-02', was: 'waiting' },
    [
      '状態：回答待ち → 対応中',
      '待っていること：関係機関・庁内課からの返事 → なし',
      '期日：12月2日(水) → なし',
    ],
  ],
  [
    'record',
    {
      activity: 'v1',
      kind: 'joint_visit',
      on: '2026-11-25',
      time: '14:30',
      people: 'U0NAOKO U0TAKUYA',
      outcome: 'done',
    },
    ['内容：同行訪問　11月25日(水) 14:30　実施', '参加：伊藤 直子、原田 拓也', '玄関先で話せました。'],
  ],
  [
    'record',
    {
      activity: 'v1',
      kind: 'joint_visit',
      on: '2026-11-25',
      time: '14:30',
      people: '',
      outcome: 'moved',
      from: '2026-11-24',
      fromTime: null,
      note: 'n1',
    },
    [
      '内容：同行訪問　11月25日(水) 14:30　予定の変更',
      '日時：11月24日(火) → 11月25日(水) 14:30',
      '理由：家族と連絡がつきました。',
    ],
  ],
  [
    'offer',
    {
      handover: 'h1',
      kind: 'front_support',
      from: 'east',
      to: 'kikan',
      until: '2026-11-27',
      returnOn: '2027-01-31',
      note: 'n1',
    },
    [
      '内容：前方支援',
      '相手：基幹型',
      '返事の期限：11月27日(金)',
      '返還予定日：1月31日(日)',
      '理由：家族と連絡がつきました。',
    ],
  ],
  [
    'accept_offer',
    {
      handover: 'h1',
      kind: 'front_support',
      from: 'east',
      to: 'kikan',
      returnOn: '2027-01-31',
      added: 'U0TAKUYA',
    },
    ['内容：前方支援', '主担当機関：東 → 基幹型', '返還予定日：1月31日(日)', '加わった方：原田 拓也'],
  ],
  [
    'refuse_offer',
    { handover: 'h1', kind: 'transfer', from: 'east', to: 'kikan', note: 'n1' },
    ['内容：移管', '相手：基幹型', '理由：家族と連絡がつきました。'],
  ],
  ['revoke_offer', { handover: 'h1', kind: 'return', from: 'kikan', to: 'east' }, ['内容：返還', '相手：東']],
  [
    'propose_closing',
    { outcome: 'watching', tags: 'isolation,money', faq: true, status: 'closing' },
    [
      '状態：対応中 → 終結確認中',
      '結果：継続見守り',
      '地域課題：孤立・見守り、金銭管理の担い手',
      'FAQの下書き：希望する',
    ],
  ],
  [
    'confirm_closing',
    { outcome: 'solved', was: 'closing', status: 'closed' },
    ['状態：終結確認中 → 終結', '結果：解決'],
  ],
  [
    'object_closing',
    { note: 'n1', outcome: 'solved', was: 'closing' },
    ['状態：終結確認中 → 対応中', '結果：解決', '理由：家族と連絡がつきました。'],
  ],
  [
    'reopen',
    {
      note: 'n1',
      outcome: 'solved',
      closedAt: '2026-11-20T00:00:00.000Z',
      from: 'U0TAKUYA',
      to: null,
      was: 'closed',
    },
    ['状態：終結 → 対応中', '結果：解決', '担当：原田 拓也 → なし', '理由：家族と連絡がつきました。'],
  ],
  ['rate', { from: null, to: 'helpful', commented: true }, ['評価：役に立った']],
  ['merge', { status: 'merged', into: 'k2' }, ['内容：R8-0002', '状態：対応中 → 統合']],
  ['unmerge', { was: 'merged', from: 'k2' }, ['内容：R8-0002', '状態：統合 → 対応中']],
  ['link', { other: 'k2' }, ['内容：R8-0002']],
  ['unlink', { other: 'k2' }, ['内容：R8-0002']],
  ['restrict', { added: 'U0NAOKO,U0KENTA', removed: null, note: null }, ['加わった方：伊藤 直子、田中 健太']],
  ['unrestrict', { note: 'n1' }, ['理由：家族と連絡がつきました。']],
  [
    'name_members',
    { added: 'U0NAOKO', removed: 'U0KENTA' },
    ['加わった方：伊藤 直子', '外れた方：田中 健太'],
  ],
  [
    'snooze',
    { deadline: 'contact', until: '2026-11-27T00:30:00.000Z', reason: 'appointment', note: 'n1' },
    [
      '内容：次の連絡',
      '期限：11月27日(金) 9:30',
      '理由：訪問・面談の日が決まっている：家族と連絡がつきました。',
    ],
  ],
  ['share', { sharing: 's1', from: null, to: 'proposed' }, ['共有：提案中']],
  ['settle_sharing', { from: 'proposed', to: 'approved' }, ['共有：提案中 → 共有中']],
  [
    'time_resume',
    { waitedFor: 'sender', fromUntil: '2026-12-01', was: 'waiting' },
    ['状態：回答待ち → 対応中', '待っていること：相談元からの返事 → なし', '期日：12月1日(火) → なし'],
    'job:time_resume',
  ],
  [
    'time_close',
    { outcome: 'solved', was: 'closing', status: 'closed' },
    ['状態：終結確認中 → 終結', '結果：解決'],
    'job:time_close',
  ],
  [
    'time_expire',
    { handover: 'h1', kind: 'transfer', from: 'east', to: 'kikan' },
    ['内容：移管', '相手：基幹型'],
    'job:time_expire',
  ],
  [
    'person_left',
    { from: 'U0GONE', wasProposed: null, to: 'U0KENTA' },
    ['担当：名簿にない方 → 田中 健太'],
    'job:person_left',
  ],
  ['proposed_left', { wasProposed: 'U0TAKUYA' }, ['担当の依頼：原田 拓也 → なし'], 'job:person_left'],
  ['merged_from', { from: 'k2' }, ['内容：R8-0002']],
  ['unmerged_from', { from: 'k9' }, ['内容：別の相談']],
  ['linked', { other: 'k2' }, ['内容：R8-0002']],
  ['unlinked', { other: 'k9' }, ['内容：別の相談']],
  ['thread_note', { note: 'n3,n4', moved: false }, ['一行目', '二行目']],
  ['thread_edit', { note: 'n3', author: 'U0NAOKO' }, ['一行目'], 'job:thread'],
  ['thread_delete', { note: 'n3', author: 'U0NAOKO' }, ['一行目'], 'job:thread'],
  ['attach_file', { file: 'f1' }, []],
  ['remove_file', { file: 'f1', note: 'n1' }, ['理由：家族と連絡がつきました。']],
  ['hold', { hold: 'h1' }, []],
  ['lift_hold', { hold: 'h1' }, []],
  [
    'note_request',
    { request: 'r1', kind: 'disclosure', due: '2026-12-22' },
    ['内容：開示請求', '期限：12月22日(火)'],
  ],
  [
    'extend_request',
    { request: 'r1', due: '2027-01-21', note: 'n1' },
    ['期限：1月21日(木)', '理由：家族と連絡がつきました。'],
  ],
  [
    'settle_request',
    { request: 'r1', kind: 'correction', outcome: 'partly' },
    ['内容：訂正請求', '結果：一部応じた'],
  ],
  ['erase', {}, [], 'job:erase-cases'],
];

test.each(SAMPLES)('%s %j', (name, detail, rows, actor) => {
  const [sentence, ...below] = readingOf(eventOf(name, detail, actor));
  expect(below).toEqual(rows);
  const isJob = actor?.startsWith('job:') === true;
  expect(sentence?.startsWith(`${opened.names.people.get(actor ?? 'U0NAOKO')}さんが`)).toBe(!isJob);
  // Words and names only: no code of the database, no id, no reason's id.
  expect([sentence, ...below].join('\n').replace('Slack', '')).not.toMatch(/[a-z]{2,}|U0[A-Z]/);
});

test('each operation and each event of the house is among the samples', () => {
  const names = new Set(SAMPLES.map(([name]) => name));
  const all = [
    ...OPERATIONS,
    ...Object.keys(OTHER_EVENTS).map((action) => action.replace('consultation.', '')),
  ];
  expect(all.filter((name) => !names.has(name))).toEqual([]);
});

describe('what the log holds of other times', () => {
  test('codes of another version, ids that are gone and odd details are left out, nothing breaks', () => {
    const odd = eventOf('decline', {
      reason: 'toString',
      note: 'n9,',
      was: 'unheard',
      status: 'constructor',
    });
    expect(readingOf(odd)).toEqual(['伊藤 直子さんが受付不可にしました']);
    expect(readingOf(eventOf('reclassify', { from: 'x', to: 3, toTopics: 'no,valueOf' }))).toEqual([
      '伊藤 直子さんが緊急度・分類を直しました',
    ]);
    expect(readingOf(eventOf('wait', { until: 'soon', waitedFor: 'nobody' }))).toEqual([
      '伊藤 直子さんが回答待ちにしました',
    ]);
  });

  test('an unknown action is a change like any other', () => {
    expect(readingOf(eventOf('of_old', {}))).toEqual(['伊藤 直子さんが相談を変えました']);
  });

  test('a person who is not in the directory any more is somebody', () => {
    const [line] = timelineLines([eventOf('comment', {}, 'U0GONE')], opened);
    expect(line?.who).toBe('名簿にない方');
  });
});
