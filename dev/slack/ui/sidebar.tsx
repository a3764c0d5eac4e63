/** The conversations that this person is in. */
import type { Conversation } from '../client-api.ts';
import { type Place, placeUrl } from './place.ts';
import { go } from './store.ts';
import { text } from './text.ts';

interface Props {
  conversations: Conversation[];
  shown: string;
  place: Place;
}

/** Channels, then the app. */
export function Sidebar({ conversations, shown, place }: Props) {
  const channels = conversations.filter(({ kind }) => kind !== 'app');
  const apps = conversations.filter(({ kind }) => kind === 'app');
  return (
    <nav class="sidebar" aria-label={text.channels}>
      <h2>{text.channels}</h2>
      {channels.map((conversation) => (
        <Item key={conversation.id} conversation={conversation} shown={shown} place={place} />
      ))}
      <h2>{text.apps}</h2>
      {apps.map((conversation) => (
        <Item key={conversation.id} conversation={conversation} shown={shown} place={place} />
      ))}
    </nav>
  );
}

/** The sign before a conversation's name. */
export function Sign({ kind }: { kind: Conversation['kind'] }) {
  if (kind !== 'private') return <>{kind === 'app' ? '◆' : '#'}</>;
  return (
    <svg class="lock" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M5 7V5a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" stroke-width="1.8" />
      <rect x="3" y="7" width="10" height="7" rx="1.5" fill="currentColor" />
    </svg>
  );
}

function Item({ conversation, shown, place }: { conversation: Conversation; shown: string; place: Place }) {
  const { id, name, unread, unreadThreads } = conversation;
  const count = unread + unreadThreads.length;
  const target: Place = { ...place, channel: id, thread: '', tab: 'messages' };
  return (
    <a
      class={count > 0 ? 'sidebar-item is-unread' : 'sidebar-item'}
      href={placeUrl(target)}
      aria-current={id === shown ? 'page' : undefined}
      onClick={(event: MouseEvent) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(target);
      }}
    >
      <span class="sidebar-sign" aria-hidden="true">
        <Sign kind={conversation.kind} />
      </span>
      <span class="sidebar-name">{name}</span>
      {count > 0 && (
        <span class="count" role="img" aria-label={text.unread(count)}>
          {count}
        </span>
      )}
    </a>
  );
}
