/** The main pane (a channel, or the app with its home tab) and the thread panel beside it. */
import type { Conversation, Message, Snapshot } from '../client-api.ts';
import { Composer, fillComposer } from './composer.tsx';
import { Home } from './home.tsx';
import { MessageList } from './messages.tsx';
import { Avatar } from './people.tsx';
import type { Place } from './place.ts';
import { Sign } from './sidebar.tsx';
import { go } from './store.ts';
import { text } from './text.ts';

interface Props {
  conversation: Conversation;
  snapshot: Snapshot;
  messages: Message[];
  place: Place;
}

/** One conversation with its composer. */
export function ConversationPane({ conversation, snapshot, messages, place }: Props) {
  const { id, name, kind } = conversation;
  const user = place.user;
  const isHome = kind === 'app' && place.tab === 'home';
  return (
    <main class="pane">
      <header class="pane-head">
        <BackButton onBack={() => go({ channel: '', thread: '', tab: 'messages' })} />
        <h1>
          {kind === 'app' ? (
            <Avatar id={id} name={name} isBot={true} />
          ) : (
            <span aria-hidden="true">
              <Sign kind={kind} />
            </span>
          )}
          {name}
        </h1>
        {kind === 'app' && (
          <div class="tabs" role="tablist">
            <Tab
              label={text.home}
              isOn={isHome}
              onPick={() => go({ channel: id, thread: '', tab: 'home' })}
            />
            <Tab label={text.messages} isOn={!isHome} onPick={() => go({ channel: id, tab: 'messages' })} />
          </div>
        )}
      </header>
      {isHome ? (
        <Home user={user} home={snapshot.home} viewId={snapshot.homeId} />
      ) : (
        <>
          <MessageList
            key={`${user} ${id}`}
            messages={messages}
            user={user}
            unreadThreads={conversation.unreadThreads}
            isInThread={false}
          >
            <Hints commands={snapshot.commands} />
          </MessageList>
          <Composer
            key={`${user} ${id} composer`}
            user={user}
            channel={id}
            threadTs=""
            label={text.composerLabel(kind === 'app' ? name : `#${name}`)}
            commands={snapshot.commands}
          />
        </>
      )}
    </main>
  );
}

/** The replies to one message. */
export function ThreadPane({ conversation, snapshot, messages, place }: Props) {
  const { user, thread } = place;
  const close = () => go({ thread: '' });
  return (
    <aside class="pane thread" aria-label={text.thread}>
      <header class="pane-head">
        <BackButton onBack={close} />
        <h2>
          {text.thread} <span class="faint">{conversation.name}</span>
        </h2>
        <button type="button" class="icon-button only-wide" aria-label={text.close} onClick={close}>
          ×
        </button>
      </header>
      <MessageList key={thread} messages={messages} user={user} unreadThreads={[]} isInThread={true} />
      <Composer
        key={`${user} ${thread} composer`}
        user={user}
        channel={conversation.id}
        threadTs={thread}
        label={text.threadLabel}
        commands={snapshot.commands}
      />
    </aside>
  );
}

function BackButton({ onBack }: { onBack: () => void }) {
  return (
    <button type="button" class="icon-button only-phone" aria-label={text.back} onClick={onBack}>
      ‹
    </button>
  );
}

function Tab({ label, isOn, onPick }: { label: string; isOn: boolean; onPick: () => void }) {
  return (
    <button type="button" role="tab" aria-selected={isOn ? 'true' : 'false'} onClick={onPick}>
      {label}
    </button>
  );
}

function Hints({ commands }: { commands: Snapshot['commands'] }) {
  const [first] = commands;
  const example = first && `${first.command} ${first.words[0] ?? ''}`.trim();
  return (
    <div class="empty">
      <p class="faint">{text.noMessages}</p>
      <h3>{text.hintTitle}</h3>
      <ol>
        {example && (
          <li>
            {text.hintCommand(example)}{' '}
            <button type="button" class="button is-small" onClick={() => fillComposer('composer', example)}>
              {text.hintCommandButton}
            </button>
          </li>
        )}
        <li>{text.hintPerson}</li>
        <li>{text.hintTraffic}</li>
      </ol>
    </div>
  );
}
