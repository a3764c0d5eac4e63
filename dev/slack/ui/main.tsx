/** The page: the bar with the person, the panes, and what lies above them. */
import { render, useEffect, useRef, useState } from 'hono/jsx/dom';
import type { OpenView } from '../client-api.ts';
import { ConfirmDialog } from './confirm.tsx';
import { ConversationPane, ThreadPane } from './conversation.tsx';
import { Inspector } from './inspector.tsx';
import { useLastingEffect } from './lasting-effect.ts';
import { Modal } from './modal.tsx';
import { PersonSwitcher } from './people.tsx';
import { Sidebar } from './sidebar.tsx';
import { notify, shownConversation, start, useStore } from './store.ts';
import { text } from './text.ts';

function App() {
  const { place, people, snapshot, messages, thread, isLost, notice, isDoublePressing } = useStore();
  const [isInspecting, setInspecting] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const conversation = shownConversation();
  const me = snapshot?.me ?? people.find((person) => person.id === place.user);
  const view = snapshot?.views.at(-1);
  const pane = place.thread ? 'thread' : place.channel ? 'main' : 'list';

  useEffect(() => {
    document.title = [me?.name, conversation?.name, text.product].filter(Boolean).join(' | ');
  }, [me?.name, conversation?.name]);

  return (
    <div class={isInspecting ? 'page is-inspecting' : 'page'}>
      <div class="workspace" data-pane={pane} inert={view !== undefined || isAsking}>
        <header class="bar">
          <strong class="bar-product">{text.product}</strong>
          <PersonSwitcher me={me} people={people} place={place} />
          <button
            type="button"
            class="bar-button"
            aria-expanded={isInspecting ? 'true' : 'false'}
            onClick={() => setInspecting(!isInspecting)}
          >
            {text.inspect}
          </button>
        </header>
        <Sidebar conversations={snapshot?.conversations ?? []} shown={conversation?.id ?? ''} place={place} />
        {snapshot && conversation ? (
          <ConversationPane
            conversation={conversation}
            snapshot={snapshot}
            messages={messages}
            place={place}
          />
        ) : (
          <main class="pane">
            <p class="empty faint">{text.loading}</p>
          </main>
        )}
        {snapshot && conversation && place.thread && (
          <ThreadPane conversation={conversation} snapshot={snapshot} messages={thread} place={place} />
        )}
      </div>
      <ModalHost user={place.user} view={view} isCovered={isAsking} />
      <ConfirmDialog onChange={setAsking} />
      {isInspecting && <Inspector isDoublePressing={isDoublePressing} onClose={() => setInspecting(false)} />}
      <Status isLost={isLost} notice={notice} />
    </div>
  );
}

/** The open modal; gives the focus back to where it was when the last one closes. */
function ModalHost({
  user,
  view,
  isCovered,
}: {
  user: string;
  view: OpenView | undefined;
  isCovered: boolean;
}) {
  const before = useRef<Element | null>(null);
  // While drawing: a moment later the page below is inert, and its focus gone.
  if (view && !before.current) before.current = document.activeElement;
  useEffect(() => {
    if (view || !(before.current instanceof HTMLElement)) return;
    before.current.focus();
    before.current = null;
  }, [view === undefined]);
  return view ? <Modal key={view.id} user={user} opened={view} isCovered={isCovered} /> : null;
}

/** One sentence about what went wrong; read out by screen readers. */
function Status({ isLost, notice }: { isLost: boolean; notice: string }) {
  useLastingEffect(() => {
    if (!notice) return undefined;
    const timer = setTimeout(() => notify(''), 10_000);
    return () => clearTimeout(timer);
  }, [notice]);
  const sentence = isLost ? text.lost : notice;
  return (
    <div class="status" role="status">
      {sentence && (
        <p class={isLost ? 'is-lost' : ''}>
          {sentence}
          {!isLost && (
            <button type="button" class="icon-button" aria-label={text.close} onClick={() => notify('')}>
              ×
            </button>
          )}
        </p>
      )}
    </div>
  );
}

const root = document.getElementById('app');
if (root) render(<App />, root);
void start();
