/** A city that keeps typed text on its pages: links in Slack, forms in a browser. */
import type { Message } from '../../dev/slack/client-api.ts';
import { type Browser, formOf, type Shown } from './browser.ts';
import { type House, openHouse } from './house.ts';

export function strictHouse(): Promise<House> {
  return openHouse((city) => {
    city.personalDataEntry = 'web';
  });
}

/** The addresses that a message or view leads to. */
export function linksIn(surface: unknown): string[] {
  return [...JSON.stringify(surface ?? null).matchAll(/"url":"([^"]+)"/g)].map(([, url = '']) =>
    url.replace('https://kikan.test', ''),
  );
}

/** What a person was last told in private: a message in the channel where she acted, or one by DM. */
export function lastTold(house: House, person: string): Message | undefined {
  const { ephemerals, dm } = house.slack.as(person);
  return [...ephemerals, ...dm].sort((one, other) => Number(one.ts) - Number(other.ts)).at(-1);
}

/**
 * Fills in the shown form as it comes: what `chosen` says by field; every other text with what `type` makes up; the first of
 * choices that must be made. Sends it.
 */
export async function fillAll(
  browser: Browser,
  type: (field: string) => string,
  chosen: Readonly<Record<string, string | string[]>> = {},
): Promise<Shown> {
  const page = browser.shown;
  if (!page) throw new Error('no page is open');
  const form = formOf(page, '/modal/submit');
  const given = new Map(form.fields.filter(([name, value]) => !name.startsWith('field:') || value !== ''));
  const lists = form.fields.filter(([name]) => name.startsWith('field:'));
  const fields: [string, string][] = form.fields.filter(([name]) => !name.startsWith('field:'));
  for (const name of fieldNames(page.html)) {
    const field = name.slice('field:'.length);
    const own = chosen[field];
    if (own !== undefined) for (const value of [own].flat()) fields.push([name, value]);
    else if (isText(page.html, name)) fields.push([name, type(field)]);
    else if (given.has(name)) fields.push(...lists.filter(([each]) => each === name));
    else fields.push([name, firstChoice(page.html, name)]);
  }
  return browser.post(form.action, fields);
}

function fieldNames(html: string): string[] {
  return [...new Set([...html.matchAll(/name="(field:[^"]+)"/g)].map(([, name = '']) => name))];
}

function tagOf(html: string, name: string): string {
  return html.match(new RegExp(`<(?:input|textarea|select)[^>]*name="${name}"[^>]*>`))?.[0] ?? '';
}

function isText(html: string, name: string): boolean {
  const tag = tagOf(html, name);
  return tag.startsWith('<textarea') || tag.includes('type="text"');
}

/** Empty for boxes: nothing has to be chosen there. */
function firstChoice(html: string, name: string): string {
  const tag = tagOf(html, name);
  if (tag.includes('type="radio"')) return /value="([^"]*)"/.exec(tag)?.[1] ?? '';
  if (!tag.startsWith('<select')) return '';
  const inner = html.slice(html.indexOf(tag), html.indexOf('</select>', html.indexOf(tag)));
  return /<option value="([^"]+)"/.exec(inner)?.[1] ?? '';
}
