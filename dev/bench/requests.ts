/** What Slack sends, signed and as bytes for the wire: made before a measurement, so that it costs no time in it. */
import { createHmac } from 'node:crypto';
import { ACTIONS } from '../../src/features/consultation/blocks.ts';
import { policyOf } from '../../src/features/consultation/reminding/rules.ts';
import { sendModal } from '../../src/features/consultation/sending/blocks.ts';
import { ACTIONS as ROLL_CALL_ACTIONS } from '../../src/features/roll-call/actions.ts';

export const SIGNING_SECRET = 'bench-signing-secret';
export const TEAM_ID = 'T0KIKAN';
/** A district worker of the demo city. */
export const PERSON = 'U0SATO';

/** Makes the `n`th request of a kind; its ids are its own. */
export type RequestMaker = (n: number) => Buffer;

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** An event that nobody caused and nobody listens to: receiver, Bolt and all middleware run, nothing else happens. */
export function unheardEvent(n: number): Buffer {
  const body = {
    token: 'legacy',
    team_id: TEAM_ID,
    api_app_id: 'A0KIKAN',
    type: 'event_callback',
    event_id: `Ev${n}`,
    event_time: 1_790_000_000,
    authorizations: [
      {
        enterprise_id: null,
        team_id: TEAM_ID,
        user_id: 'U0KIKANBOT',
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    event: { type: 'team_rename', name: 'みなと市', event_ts: '1790000000.000100' },
  };
  return signed(JSON.stringify(body), JSON_TYPE);
}

/** `/kikan ヘルプ`. */
export function helpCommand(n: number): Buffer {
  const fields = new URLSearchParams({
    token: 'legacy',
    team_id: TEAM_ID,
    team_domain: 'minato',
    channel_id: 'C0HIGASHI',
    channel_name: 'higashi',
    user_id: PERSON,
    user_name: 'sato',
    command: '/kikan',
    text: 'ヘルプ',
    api_app_id: 'A0KIKAN',
    is_enterprise_install: 'false',
    response_url: `https://hooks.slack.com/commands/${TEAM_ID}/${n}/bench`,
    trigger_id: `${n}.bench`,
  });
  return signed(fields.toString(), FORM_TYPE);
}

/** 相談's form, every field filled in; like Slack's own, the payload carries the whole modal. */
export function consultationSubmission(n: number): Buffer {
  const payload = {
    type: 'view_submission',
    team: { id: TEAM_ID, domain: 'minato' },
    user: { id: PERSON, username: 'sato', name: 'sato', team_id: TEAM_ID },
    api_app_id: 'A0KIKAN',
    token: 'legacy',
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: `${n}.bench`,
    view: {
      id: `V${String(n).padStart(9, '0')}`,
      team_id: TEAM_ID,
      app_id: 'A0KIKAN',
      bot_id: 'B0KIKAN',
      hash: `${n}.bench`,
      root_view_id: `V${String(n).padStart(9, '0')}`,
      previous_view_id: null,
      private_metadata: '',
      external_id: '',
      clear_on_close: false,
      notify_on_close: false,
      ...sendModal([], policyOf({}), { notice: '', body: '' }),
      state: { values: filledIn(n) },
    },
    response_urls: [],
  };
  return signed(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), FORM_TYPE);
}

/** 詳細を見る, pressed on the card of a case. */
export function readPress(person: string, caseId: string, n: number): Buffer {
  const payload = {
    type: 'block_actions',
    team: { id: TEAM_ID, domain: 'minato' },
    user: { id: person, username: 'reader', name: 'reader', team_id: TEAM_ID },
    api_app_id: 'A0KIKAN',
    token: 'legacy',
    trigger_id: `${n}.bench`,
    channel: { id: 'C0TRIAGE', name: 'triage' },
    container: { type: 'message', channel_id: 'C0TRIAGE', message_ts: '1790000000.000100' },
    actions: [
      {
        type: 'button',
        action_id: ACTIONS.read,
        block_id: 'actions',
        value: caseId,
        action_ts: '1790000000.000200',
      },
    ],
  };
  return signed(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), FORM_TYPE);
}

/** 無事, tapped on the card of a roll-call. @param responseUrl where Slack takes the answer for this person at once */
export function safeTap(person: string, rollCallId: string, n: number, responseUrl: string): Buffer {
  const payload = {
    type: 'block_actions',
    team: { id: TEAM_ID, domain: 'minato' },
    user: { id: person, username: 'someone', name: 'someone', team_id: TEAM_ID },
    api_app_id: 'A0KIKAN',
    token: 'legacy',
    trigger_id: `${n}.storm`,
    response_url: responseUrl,
    channel: { id: 'C0BCP', name: 'bcp' },
    container: { type: 'message', channel_id: 'C0BCP', message_ts: '1790000000.000100' },
    actions: [
      {
        type: 'button',
        action_id: ROLL_CALL_ACTIONS.safe.actionId,
        block_id: 'actions',
        value: rollCallId,
        action_ts: '1790000000.000200',
      },
    ],
  };
  return signed(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), FORM_TYPE);
}

const typed = (value: string) => ({ input: { type: 'plain_text_input', value } });
const chosen = (...values: string[]) => ({
  input: {
    type: 'multi_static_select',
    selected_options: values.map((value) => ({
      text: { type: 'plain_text', text: value, emoji: true },
      value,
    })),
  },
});
const picked = (value: string) => ({
  input: {
    type: 'radio_buttons',
    selected_option: { text: { type: 'plain_text', text: value, emoji: true }, value },
  },
});

/** A made-up resident, another one each time: of the same one the form would warn. The text has a usual length (about 400 characters). */
const filledIn = (n: number) => ({
  kind: picked('individual'),
  urgency: picked('soon'),
  topics: chosen('dementia', 'living_alone'),
  supports: chosen('advice', 'joint_visit'),
  desiredOn: { input: { type: 'datepicker', selected_date: '2099-12-24' } },
  subjectName: typed(`港 はま${n}子`),
  subjectKana: typed('みなと はまこ'),
  subjectAge: typed('82'),
  subjectAddress: typed('みなと市東町1丁目2番3号 みなと荘101'),
  subjectPhone: typed(
    `0463-${String(20 + (Math.floor(n / 10_000) % 70))}-${String(n % 10_000).padStart(4, '0')}`,
  ),
  subjectInsuredNumber: typed(String(n).padStart(10, '0')),
  body: typed('近所の方から、最近ゴミ出しの日を間違えることが増えたと連絡がありました。'.repeat(11)),
});

function signed(body: string, contentType: string): Buffer {
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  const head = [
    'POST /slack/events HTTP/1.1',
    'Host: 127.0.0.1',
    'User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)',
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Slack-Request-Timestamp: ${timestamp}`,
    `X-Slack-Signature: v0=${signature}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
