/** A mail inbox: what the app would have sent by mail can be read here. */
import { Hono } from 'hono';
import * as v from 'valibot';

const mailSchema = v.object({
  to: v.pipe(v.string(), v.email()),
  subject: v.pipe(v.string(), v.minLength(1)),
  text: v.pipe(v.string(), v.minLength(1)),
  html: v.optional(v.string()),
});

export type Mail = v.InferOutput<typeof mailSchema> & { id: number; at: number };

export class MailBox {
  readonly mails: Mail[] = [];

  /** Routes: `POST /mail` takes a mail, `GET /client/mail` shows all, newest last. */
  routes(): Hono {
    const routes = new Hono();
    routes.post('/mail', async (c) => {
      const parsed = v.safeParse(mailSchema, await c.req.json().catch(() => undefined));
      if (!parsed.success) return c.json({ ok: false, error: 'to, subject and text are required' }, 400);
      this.mails.push({ ...parsed.output, id: this.mails.length + 1, at: Date.now() });
      return c.json({ ok: true });
    });
    routes.get('/client/mail', (c) => c.json(this.mails));
    return routes;
  }
}
