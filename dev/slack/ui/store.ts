/**
 * The page's one state. It holds no truth of its own: whatever changed, it asks the server again.
 * Network work starts here and not in effects, because a tab in the background runs no effects.
 */
import { useSyncExternalStore } from 'hono/jsx/dom';
import type { Act, Conversation, Message, Person, Snapshot } from '../client-api.ts';
import {
  askOptions,
  type OptionsAsked,
  readMessages,
  readPeople,
  readSnapshot,
  sendAct,
  streamUrl,
} from './api.ts';
import { keepOnly } from './form-state.ts';
import type { Json } from './json.ts';
import { isPhone, type Place, placeUrl, readPlace } from './place.ts';
import { text } from './text.ts';

interface State {
  place: Place;
  people: Person[];
  snapshot: Snapshot | null;
  messages: Message[];
  /** The open thread, its parent first. */
  thread: Message[];
  isLost: boolean;
  notice: string;
  /** Sends every act twice, as a person in a hurry presses. */
  isDoublePressing: boolean;
}

let state: State = {
  place: readPlace(location.search, location.hash),
  people: [],
  snapshot: null,
  messages: [],
  thread: [],
  isLost: false,
  notice: '',
  isDoublePressing: false,
};
const listeners = new Set<() => void>();
let stream: EventSource | null = null;
let refreshing: Promise<void> | null = null;
let isStale = false;
/** By thread: what was last reported as read. */
const lastRead = new Map<string, string>();
let retry: ReturnType<typeof setTimeout> | undefined;

function change(part: Partial<State>): void {
  state = { ...state, ...part };
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};
const getState = () => state;

/** The whole state; the component is drawn again whenever any of it changes. */
export const useStore = (): State => useSyncExternalStore(subscribe, getState);

/** What to show for a Slack id; undefined where this person does not know it. */
export function nameOf(id: string): string | undefined {
  return (
    state.people.find((person) => person.id === id)?.name ??
    state.snapshot?.conversations.find((conversation) => conversation.id === id)?.name ??
    [...state.messages, ...state.thread].find((message) => message.author === id)?.authorName
  );
}

/** The people and the conversations that this person sees, for pickers. */
export const directory = (): { people: Person[]; conversations: Conversation[] } => ({
  people: state.people,
  conversations: state.snapshot?.conversations ?? [],
});

/** The conversation on screen: on a wide screen the first one stands in when the address names none. */
export function shownConversation(): Conversation | undefined {
  const conversations = state.snapshot?.conversations ?? [];
  return (
    conversations.find((conversation) => conversation.id === state.place.channel) ??
    (isPhone() ? undefined : conversations[0])
  );
}

/** Asks the server for everything on screen again; calls while one is under way are served by one more round. */
function refresh(): Promise<void> {
  isStale = true;
  refreshing ??= refreshUntilFresh().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function refreshUntilFresh(): Promise<void> {
  try {
    while (isStale) {
      isStale = false;
      await refreshOnce(state.place.user);
    }
    clearTimeout(retry);
    if (state.isLost) change({ isLost: false });
  } catch {
    loseServer();
  }
}

async function refreshOnce(user: string): Promise<void> {
  const snapshot = await readSnapshot(user);
  if (user !== state.place.user) return;
  keepOnly(snapshot.views.map((view) => view.id));
  change({ snapshot });
  const { channel, thread } = { channel: shownConversation()?.id, thread: state.place.thread };
  if (!channel) return;
  const [messages, replies] = await Promise.all([
    readMessages(user, channel),
    thread ? readMessages(user, channel, thread) : [],
  ]);
  if (user !== state.place.user || channel !== shownConversation()?.id || thread !== state.place.thread)
    return;
  const parent = messages.find((message) => message.ts === thread && !message.isEphemeral);
  const hasParent = replies.some((message) => message.ts === thread);
  change({ messages, thread: parent && !hasParent ? [parent, ...replies] : replies });
  await markRead(user, channel, messages.at(-1)?.ts);
  if (thread) await markRead(user, channel, replies.at(-1)?.ts, thread);
}

/** Once for each last message: a read changes the server, which would call us here again. */
async function markRead(user: string, channel: string, lastTs = '', thread = ''): Promise<void> {
  const read = [user, channel, thread, lastTs].join(' ');
  if (read === lastRead.get(thread) || document.visibilityState !== 'visible') return;
  const { unread = 0, unreadThreads = [] } = shownConversation() ?? {};
  const isUnread = thread ? unreadThreads.includes(thread) : unread > 0 && state.place.tab === 'messages';
  if (!isUnread) return;
  lastRead.set(thread, read);
  await sendAct({ act: 'read', user, channel, ...(thread ? { threadTs: thread } : {}) });
}

/** Does something as the person of this tab. False, and a notice, when Slack would have complained. */
export async function act(what: Act): Promise<boolean> {
  try {
    const sent =
      state.isDoublePressing && what.act !== 'read' ? [sendAct(what), sendAct(what)] : [sendAct(what)];
    const results = await Promise.all(sent);
    const refused = results.find((result) => !result.ok);
    if (refused && !refused.ok) change({ notice: refused.message });
    await refresh();
    return !refused;
  } catch {
    change({ notice: text.notSent });
    return false;
  }
}

/** The app's options for an external select; none, and a notice, when it gave none. */
export async function suggest(asked: OptionsAsked): Promise<Json[]> {
  try {
    const answer = await askOptions(asked);
    if (answer.ok) return answer.options;
    change({ notice: answer.message });
  } catch {
    change({ notice: text.notSent });
  }
  return [];
}

/** Shows a sentence until the next one, or until it is dismissed with ''. */
export const notify = (notice: string): void => change({ notice });

export const setDoublePressing = (isDoublePressing: boolean): void => change({ isDoublePressing });

/** Moves this tab; the browser's back button comes back. */
export function go(part: Partial<Place>): void {
  const place = { ...state.place, ...part };
  history.pushState(null, '', placeUrl(place));
  arrive(place);
}

function arrive(place: Place): void {
  const isOther = place.user !== state.place.user;
  const isElsewhere = isOther || place.channel !== state.place.channel;
  change({
    place,
    notice: '',
    ...(isOther ? { snapshot: null } : {}),
    ...(isElsewhere ? { messages: [] } : {}),
    ...(isElsewhere || place.thread !== state.place.thread ? { thread: [] } : {}),
  });
  if (isOther) listen();
  if (place.tab === 'home') void act({ act: 'open-home', user: place.user });
  else void refresh();
}

function listen(): void {
  stream?.close();
  const opened = new EventSource(streamUrl(state.place.user));
  stream = opened;
  const isCurrent = () => stream === opened;
  opened.onopen = () => void refresh();
  opened.onmessage = () => void refresh();
  opened.onerror = () => {
    if (isCurrent()) loseServer();
  };
}

function loseServer(): void {
  if (!state.isLost) change({ isLost: true });
  clearTimeout(retry);
  // A browser gives up a stream for good after some errors; opening a new one covers all of them.
  retry = setTimeout(() => void (state.people.length ? listen() : start()), 2000);
}

/** Loads the people and opens the stream; without `user` in the address the first person is chosen. */
export async function start(): Promise<void> {
  try {
    const people = await readPeople();
    const isKnown = people.some((person) => person.id === state.place.user);
    const place = isKnown ? state.place : { ...state.place, user: people[0]?.id ?? '' };
    change({ people, place });
    history.replaceState(null, '', placeUrl(place));
    listen();
    if (place.tab === 'home') await act({ act: 'open-home', user: place.user });
  } catch {
    loseServer();
  }
}

addEventListener('popstate', () => arrive(readPlace(location.search, location.hash)));
addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && state.snapshot) void refresh();
});
