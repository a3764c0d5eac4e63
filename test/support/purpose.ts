/** Purposes stated beforehand, for tests that read a case as somebody who does not belong to it. */
import { env } from 'cloudflare:workers';

/** These people have said what they open each stored case for. */
export async function statePurposes(...people: string[]): Promise<void> {
  await env.DB.prepare(
    `INSERT OR IGNORE INTO viewing_purpose (consultation_id, slack_user_id, purpose, words, stated_at)
     SELECT consultation.id, people.value, 'supervision', NULL, 0 FROM consultation, json_each(?) AS people`,
  )
    .bind(JSON.stringify(people))
    .run();
}
