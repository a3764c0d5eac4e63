/** Somebody signed in who sends single requests to the pages: nothing is followed or filled in, the answer is as it came. */
import { env } from 'cloudflare:workers';
import { beginSession } from '../../src/web/sessions.ts';
import type { House } from './house.ts';

const HOME = 'https://kikan.test';
const SESSION = '__Host-kikan_session';

/** What a browser says of a form of our own page. */
const OWN_PAGE = { origin: HOME, 'sec-fetch-site': 'same-origin' };

export interface Answered {
  status: number;
  location: string | null;
  headers: Headers;
  /** The form's token left out: it is another one in each session. */
  body: string;
}

export type Fields = Iterable<readonly [string, string | File]>;

export class Visitor {
  readonly #house: House;
  readonly #cookie: string;
  readonly formToken: string;

  private constructor(house: House, cookie: string, formToken: string) {
    this.#house = house;
    this.#cookie = cookie;
    this.formToken = formToken;
  }

  /** With a session as signing in makes it. */
  static async signedIn(house: House, person: string): Promise<Visitor> {
    const { cookie, session } = await beginSession(house.db, person, undefined, new Date());
    return new Visitor(house, cookie, session.formToken);
  }

  static signedOut(house: House): Visitor {
    return new Visitor(house, '', 'none');
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    return this.#send(path, { headers });
  }

  post(path: string, fields: Fields = []): Promise<Answered> {
    const body = new FormData();
    body.append('form_token', this.formToken);
    for (const [name, value] of fields) body.append(name, value);
    return this.#send(path, { method: 'POST', body, headers: OWN_PAGE });
  }

  /** Any method, without a form. */
  with(method: string, path: string): Promise<Answered> {
    return this.#send(path, { method, headers: OWN_PAGE });
  }

  async #send(path: string, init: RequestInit): Promise<Answered> {
    const headers = new Headers(init.headers);
    if (this.#cookie !== '') headers.set('cookie', `${SESSION}=${this.#cookie}`);
    const answer = await this.#house.fetch(
      new Request(`${HOME}${path}`, { ...init, headers, redirect: 'manual' }),
    );
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      headers: answer.headers,
      body: new TextDecoder().decode(await answer.arrayBuffer()).replaceAll(this.formToken, ''),
    };
  }
}

/** How often each person was refused on the pages, as the audit log has it. */
export async function refusalsOnPages(): Promise<ReadonlyMap<string, number>> {
  const sql = `SELECT actor, count(*) AS n FROM audit_entry
    WHERE outcome = 'refused' AND surface = 'web' GROUP BY actor`;
  const { results } = await env.DB.prepare(sql).all<{ actor: string; n: number }>();
  return new Map(results.map(({ actor, n }) => [actor, n]));
}
