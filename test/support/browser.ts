/** A person's browser on the pages, without script: keeps cookies, follows redirects, fills in forms and sends them. */
import type { House } from './house.ts';

const HOME = 'https://kikan.test';

/** A page as the browser has it. */
export interface Shown {
  status: number;
  path: string;
  html: string;
  headers: Headers;
  /** What a person reads, tags left out. */
  text: string;
}

/** A form of a page: where it goes and what it holds. */
export interface ShownForm {
  action: string;
  method: string;
  fields: [name: string, value: string][];
}

export class Browser {
  readonly #house: House;
  readonly cookies = new Map<string, string>();
  shown: Shown | undefined;

  constructor(house: House) {
    this.#house = house;
  }

  /** Opens an address of ours and follows redirects, out to Slack, too; there `person` signs in. */
  async open(path: string, person?: string): Promise<Shown> {
    return this.#follow(new Request(new URL(path, HOME)), person);
  }

  /** Signs in by the front door. */
  async signIn(person: string, to = '/'): Promise<Shown> {
    return this.open(`/sign-in/slack?to=${encodeURIComponent(to)}`, person);
  }

  /** Sends a form as this browser would; `headers` for what a browser would not do. */
  async post(
    path: string,
    fields: Iterable<readonly [string, string | File]>,
    headers: Record<string, string> = { origin: HOME, 'sec-fetch-site': 'same-origin' },
  ): Promise<Shown> {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    return this.#follow(new Request(new URL(path, HOME), { method: 'POST', body, headers }));
  }

  /**
   * Fills in the form of the shown page and sends it by its main button.
   * @param filled by label, as a person reads it; a list for boxes
   * @param which the form's action, where a page has several
   */
  async fillAndSend(filled: Record<string, string | string[]>, which = '/modal/submit'): Promise<Shown> {
    const form = formOf(this.#page(), which);
    const names = namesByLabel(this.#page());
    const fields = form.fields.filter(
      ([name]) => !Object.keys(filled).some((label) => names.get(label) === name),
    );
    for (const [label, value] of Object.entries(filled)) {
      const name = names.get(label);
      if (!name) throw new Error(`no field ${label} in ${[...names.keys()].join('・')}`);
      for (const each of [value].flat()) fields.push([name, valueBehind(this.#page(), name, each)]);
    }
    return this.post(form.action, fields);
  }

  /** One request without following anything. */
  async send(request: Request): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = new Headers(request.headers);
    if (cookie) headers.set('cookie', cookie);
    const response = await this.#house.fetch(new Request(request, { headers, redirect: 'manual' }));
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  async #follow(first: Request, person?: string): Promise<Shown> {
    let request = first;
    for (let turns = 0; turns < 10; turns += 1) {
      const url = new URL(request.url);
      const response = url.origin === HOME ? await this.send(request) : await this.#atSlack(url, person);
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || !location) {
        const html = await response.text();
        this.shown = {
          status: response.status,
          path: `${url.pathname}${url.search}`,
          html,
          headers: response.headers,
          text: readableHtml(html),
        };
        return this.shown;
      }
      request = new Request(new URL(location, url));
    }
    throw new Error('redirected in a circle');
  }

  /** Slack's own page asks who it is; here the person presses at once. */
  async #atSlack(url: URL, person: string | undefined): Promise<Response> {
    if (!person) throw new Error(`nobody signs in at ${url.pathname}`);
    const page = await this.#house.signIn.fetch(new Request(url));
    if (!page.ok) return page;
    const body = new FormData();
    for (const [name, value] of hiddenFields(await page.text())) body.append(name, value);
    body.append('user', person);
    return this.#house.signIn.fetch(
      new Request(new URL('/openid/connect/authorize', url), { method: 'POST', body }),
    );
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const cut = pair.indexOf('=');
    const [name, value] = [pair.slice(0, cut), pair.slice(cut + 1)];
    const isOver = attributes.some((each) => /^max-age=0$/i.test(each));
    if (isOver) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  #page(): Shown {
    if (!this.shown) throw new Error('no page is open');
    return this.shown;
  }
}

/** A browser of somebody who has signed in. */
export async function browserOf(house: House, person: string): Promise<Browser> {
  const browser = new Browser(house);
  await browser.signIn(person);
  return browser;
}

/** The first form of the page that goes there. */
export function formOf({ html }: Shown, action: string): ShownForm {
  for (const [, attributes = '', inner = ''] of html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
    const target = decode(/action="([^"]*)"/.exec(attributes)?.[1] ?? '');
    if (target === action || target.split('?')[0] === action)
      return {
        action: target,
        method: /method="([^"]*)"/.exec(attributes)?.[1] ?? 'get',
        fields: fieldsOf(inner),
      };
  }
  throw new Error(`no form to ${action}`);
}

function hiddenFields(html: string): [string, string][] {
  return [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [decode(name), decode(value)],
  );
}

/** What the form would send untouched. */
function fieldsOf(html: string): [string, string][] {
  const fields: [string, string][] = [];
  const attribute = (tag: string, name: string) => {
    const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag);
    return found ? decode(found[1] ?? '') : undefined;
  };
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type') ?? 'text'];
    const isOff = (type === 'radio' || type === 'checkbox') && attribute(tag, 'checked') === undefined;
    if (name && !isOff && type !== 'file') fields.push([name, attribute(tag, 'value') ?? '']);
  }
  for (const [, tag = '', inner = ''] of html.matchAll(/<textarea([^>]*)>([\s\S]*?)<\/textarea>/g)) {
    const name = attribute(`${tag}>`, 'name');
    if (name) fields.push([name, decode(inner).replace(/^\n/, '')]);
  }
  for (const [, tag = '', inner = ''] of html.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
    const name = attribute(`${tag}>`, 'name');
    const chosen = /<option[^>]*value="([^"]*)"[^>]*\sselected/.exec(inner)?.[1];
    if (name) fields.push([name, decode(chosen ?? '')]);
  }
  return fields;
}

/** Label or legend → the name of its input. */
function namesByLabel({ html }: Shown): Map<string, string> {
  const names = new Map<string, string>();
  for (const [, label = '', name = ''] of html.matchAll(
    /<(?:label for|legend)[^>]*>([\s\S]*?)<\/(?:label|legend)>[\s\S]*?\sname="([^"]*)"/g,
  ))
    names.set(readableHtml(label.replace(/<span class="mark[\s\S]*?<\/span>/, '')).trim(), decode(name));
  return names;
}

/** The value behind what a person chooses by its words; a typed text is its own value. */
function valueBehind({ html }: Shown, name: string, chosen: string): string {
  for (const [, value = '', label = ''] of html.matchAll(
    /<option value="([^"]*)"[^>]*>([\s\S]*?)<\/option>/g,
  ))
    if (readableHtml(label).trim() === chosen) return decode(value);
  for (const [, tag = '', label = ''] of html.matchAll(
    /<label><input ([^>]*)\/?><span>([\s\S]*?)<\/span><\/label>/g,
  ))
    if (tag.includes(`name="${name}"`) && readableHtml(label).trim().startsWith(chosen))
      return decode(/value="([^"]*)"/.exec(tag)?.[1] ?? '');
  return chosen;
}

export function readableHtml(html: string): string {
  return decode(
    html
      .replaceAll(/<(script|style|head)[\s\S]*?<\/\1>/g, '')
      .replaceAll(/<(?:br|\/p|\/li|\/h\d|\/dt|\/dd|\/div|\/label|\/legend)[^>]*>/g, '\n')
      .replaceAll(/<[^>]*>/g, ''),
  );
}

function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
