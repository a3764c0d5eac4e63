/** A mail service for the app: takes what would go out, notes it in the traffic log, and fails when its faults say so. */
import * as v from 'valibot';
import { ConnectionDropped } from './faults.ts';
import { misbehave } from './web-api/serve.ts';
import type { World } from './world.ts';

/** As faults and the traffic log name it. */
export const MAIL = 'mail';

const mailSchema = v.object({
  to: v.pipe(v.string(), v.email()),
  subject: v.pipe(v.string(), v.minLength(1)),
  text: v.pipe(v.string(), v.minLength(1)),
  html: v.optional(v.string()),
});

/**
 * Takes one mail, JSON `{to, subject, text, html}`: 200 when it is kept in `world.mails`, 400 when it is none. A fault of `*` is Slack's
 * alone; rejects with `ConnectionDropped` where a fault of `mail` makes the connection fail.
 */
export async function takeMail(request: Request, world: World): Promise<Response> {
  const body: unknown = await request.json().catch(() => undefined);
  const entry = world.traffic.begin('from-app', MAIL, body);
  const answer = (status: number, content: unknown, headers: HeadersInit = {}) => {
    world.traffic.end(entry, status, content);
    return Response.json(content, { status, headers });
  };
  const fault = world.faults.takeOwn(MAIL);
  if (fault && fault.kind !== 'drop-after-accept') {
    const broken = await misbehave(fault, request, world);
    if (broken) return answer(...broken);
  } else {
    const parsed = v.safeParse(mailSchema, body);
    if (!parsed.success) return answer(400, { ok: false, error: 'to, subject and text are required' });
    world.mails.push({ ...parsed.output, id: world.mails.length + 1, at: world.clock.now() });
    world.changed();
    if (!fault) return answer(200, { ok: true });
  }
  world.traffic.end(entry, 'no answer', null);
  throw new ConnectionDropped('the mail service hung up, as its faults say');
}
