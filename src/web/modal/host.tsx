/**
 * Pages as a host of modals: what the features offer as buttons and forms in Slack works here by the same listeners, so that
 * nothing that chat can do is missing, and no rule stands twice. A press or a submission comes as an ordinary form.
 */
import type { webApi } from '@slack/bolt';
import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import * as v from 'valibot';
import type { Database } from '../../lib/db.ts';
import type { RequestContext } from '../../slack/app.ts';
import { menuPresses } from '../../slack/commands.ts';
import type { Press, SlackFeature, SubmissionAnswer } from '../../slack/feature.ts';
import type { FormValues } from '../../slack/form.ts';
import type { ModalView } from '../../slack/modal.ts';
import type { PageHost } from '../../slack/scope.ts';
import { showPage } from '../frame.tsx';
import { localPath } from '../local-path.ts';
import type { PageEnv } from '../page-env.ts';
import { newSecret } from '../sessions.ts';
import { webText as text } from '../text.ts';
import { choiceName, PRESS_SEPARATOR } from './blocks.tsx';
import { mentionedIn, type Names } from './mrkdwn.tsx';
import { ModalForm, Said } from './page.tsx';
import { readValues } from './values.ts';
import { type PageView, readPostedView, View } from './view.ts';

export interface ModalHostOptions {
  features: readonly SlackFeature[];
  /** The context of the listeners: the scope, and who acts. */
  contextOf(c: Context<PageEnv>): RequestContext;
  clientOf(c: Context<PageEnv>): webApi.WebClient;
  /** The names behind Slack ids. */
  namesOf(db: Database, slackUserIds: readonly string[]): Promise<Names>;
  /** Presses that show what has a page of its own: that page takes the place of the modal. */
  leading: LeadingPresses;
}

export interface LeadingPresses {
  actionIds: ReadonlySet<string>;
  /** The page's path; undefined when there is none for this person: the press is then heard as in chat. */
  pathOf(c: Context<PageEnv>, press: PressedOnPage): Promise<string | undefined>;
}

export interface PressedOnPage {
  actionId: string;
  value: string;
}

/** What a page's press or submission came to. */
interface Outcome {
  view?: PageView;
  said?: string;
  /** The page to go to instead of back. */
  path?: string;
}

/** Where to go when a form has done its work, and what it is about. */
interface Way {
  /** A path of ours. */
  back: string;
}

/** The page that answers a press which opens something or says something; undefined when the press did its work silently. */
export type PressOnPage = (c: Context<PageEnv>, press: PressedOnPage & Way) => Promise<Response | undefined>;

export interface ModalHost {
  routes: Hono<PageEnv>;
  press: PressOnPage;
  /** A view as a part of a page that shows more than it: its presses lead back to that page. */
  embed(c: Context<PageEnv>, view: ModalView): Promise<Child>;
}

export function createModalHost(options: ModalHostOptions): ModalHost {
  const { features, leading } = options;
  const presses = new Map([
    ...Object.entries(menuPresses(features.flatMap(({ commands }) => commands ?? []))),
    ...features.flatMap(({ presses }) => Object.entries(presses ?? {})),
  ]);
  const submissions = new Map(features.flatMap(({ submissions }) => Object.entries(submissions ?? {})));

  async function press(
    c: Context<PageEnv>,
    { actionId, value, back, modal }: PressedOnPage & { modal?: Press['modal'] } & Way,
  ): Promise<Response | undefined> {
    const listener = presses.get(actionId);
    if (!listener) return c.notFound();
    const outcome: Outcome = {};
    const context = hosted(options.contextOf(c), outcome);
    const { slackUserId: person } = c.get('session');
    await listener({
      context,
      client: options.clientOf(c),
      triggerId: '',
      responseUrl: undefined,
      person,
      channel: undefined,
      value,
      modal,
    });
    if (outcome.view) {
      // The same form, filled in further, stays the same form: sent twice, it is stored once.
      const isSame = modal?.callbackId === outcome.view.callback_id && modal.viewId !== '';
      return showView(c, outcome.view, {
        values: modal?.values ?? {},
        faults: {},
        back,
        ...(isSame ? { viewId: modal.viewId } : {}),
      });
    }
    if (outcome.said !== undefined) return showSaid(c, outcome.said, back);
    if (outcome.path !== undefined) return c.redirect(outcome.path, 303);
    return undefined;
  }

  async function showView(
    c: Context<PageEnv>,
    view: PageView,
    filled: { values: FormValues; faults: Readonly<Record<string, string>>; back: string; viewId?: string },
  ): Promise<Response> {
    const names = await options.namesOf(c.get('scope').db, mentionedIn(JSON.stringify(view.blocks)));
    const { viewId = `web-${newSecret()}`, ...rest } = filled;
    const isFault = Object.keys(filled.faults).length > 0;
    return showPage(c, {
      title: view.title.text,
      isFault,
      status: isFault ? 422 : 200,
      body: (
        <ModalForm c={c} view={view} viewId={viewId} names={names} leading={leading.actionIds} {...rest} />
      ),
    });
  }

  async function showSaid(c: Context<PageEnv>, sentence: string, back: string): Promise<Response> {
    const names = await options.namesOf(c.get('scope').db, mentionedIn(sentence));
    return showPage(c, { title: text.said, body: <Said sentence={sentence} names={names} back={back} /> });
  }

  async function embed(c: Context<PageEnv>, view: ModalView): Promise<Child> {
    const read = v.parse(View, view);
    const names = await options.namesOf(c.get('scope').db, mentionedIn(JSON.stringify(read.blocks)));
    const viewId = `web-${newSecret()}`;
    const back = c.req.path;
    return (
      <ModalForm
        c={c}
        view={read}
        viewId={viewId}
        names={names}
        leading={leading.actionIds}
        values={{}}
        faults={{}}
        back={back}
      />
    );
  }

  const routes = new Hono<PageEnv>();

  routes.post('/modal/press', async (c) => {
    const form = await c.req.formData();
    const { view, viewId, back } = readPosted(form);
    const pressed = readPress(form);
    const path = leading.actionIds.has(pressed.actionId) ? await leading.pathOf(c, pressed) : undefined;
    if (path !== undefined) return c.redirect(path, 303);
    const modal = view && {
      viewId,
      callbackId: view.callback_id,
      metadata: view.private_metadata,
      values: readValues(view, form),
    };
    const shown = await press(c, { ...pressed, modal, back });
    return shown ?? c.redirect(back, 303);
  });

  routes.post('/modal/submit', async (c) => {
    const form = await c.req.formData();
    const { view, viewId, back } = readPosted(form);
    const listener = view && submissions.get(view.callback_id);
    if (!view || !listener) return c.notFound();
    const values = readValues(view, form);
    const outcome: Outcome = {};
    const answer: SubmissionAnswer = await listener({
      context: hosted(options.contextOf(c), outcome),
      client: options.clientOf(c),
      viewId,
      metadata: view.private_metadata,
      values,
    });
    if (typeof answer === 'string')
      return outcome.said === undefined
        ? c.redirect(withDone(outcome.path ?? back, view.callback_id), 303)
        : showSaid(c, outcome.said, back);
    if ('update' in answer) {
      const next = v.parse(View, answer.update);
      return showView(c, next, { values, faults: {}, back, viewId });
    }
    return showView(c, view, { values, faults: answer.errors, back, viewId });
  });

  return { routes, press, embed };
}

/** The same context, with modals and words for the person going to the page. */
function hosted(context: RequestContext, outcome: Outcome): RequestContext {
  const page: PageHost = {
    show(view) {
      outcome.view = v.parse(View, view);
    },
    say(sentence) {
      outcome.said = sentence;
    },
    goTo(path) {
      outcome.path = path;
    },
  };
  return { ...context, scope: { ...context.scope, page } };
}

/** A button brings its value along, a list's button leaves it to the list. */
function readPress(form: FormData): PressedOnPage {
  const [actionId = '', ...rest] = String(form.get('press') ?? '').split(PRESS_SEPARATOR);
  const value = rest.length > 0 ? rest.join(PRESS_SEPARATOR) : String(form.get(choiceName(actionId)) ?? '');
  return { actionId, value };
}

/** What the browser brings back of the view that it was shown. */
function readPosted(form: FormData): { view: PageView | undefined; viewId: string } & Way {
  const posted = form.get('view');
  const back = form.get('back');
  const viewId = form.get('view_id');
  return {
    view: readPostedView(posted),
    viewId: typeof viewId === 'string' && /^web-[\w-]{43}$/.test(viewId) ? viewId : '',
    back: localPath(typeof back === 'string' ? back : undefined),
  };
}

/** The page after it says what was done; the word is one of ours, checked there. */
function withDone(back: string, callbackId: string): string {
  const [path = '/', query = ''] = back.split('?');
  const search = new URLSearchParams(query);
  search.set('done', callbackId);
  return `${path}?${search}`;
}
