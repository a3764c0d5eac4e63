/** Where a tab is: which person, which conversation. Kept in the address, so that a link or a reload restores it. */

export interface Place {
  user: string;
  /** '' shows the list of conversations on a phone; a wide screen then shows the first one. */
  channel: string;
  thread: string;
  tab: 'messages' | 'home';
}

/** Reads `?user=U…&channel=C…&thread=ts&tab=home`, in the query or in the hash. */
export function readPlace(search: string, hash: string): Place {
  const query = new URLSearchParams(search);
  const fragment = new URLSearchParams(hash.replace(/^#\??/, ''));
  const read = (key: string) => query.get(key) ?? fragment.get(key) ?? '';
  return {
    user: read('user'),
    channel: read('channel'),
    thread: read('thread'),
    tab: read('tab') === 'home' ? 'home' : 'messages',
  };
}

/** The address of a place, for links and for the history. */
export function placeUrl(place: Place): string {
  const query = new URLSearchParams({ user: place.user });
  if (place.channel) query.set('channel', place.channel);
  if (place.thread) query.set('thread', place.thread);
  if (place.tab === 'home') query.set('tab', 'home');
  return `?${query}`;
}

/** Whether one pane fills the screen. The same width as in style.css. */
export const isPhone = (): boolean => matchMedia('(max-width: 760px)').matches;
