/** Where messages and slash commands are typed. Uncontrolled, so that an IME is never disturbed. */
import { useEffect, useRef, useState } from 'hono/jsx/dom';
import type { Snapshot } from '../client-api.ts';
import { meaningOf, parseCommand, suggestionsFor } from './completion.ts';
import { act, notify } from './store.ts';
import { enteredIn } from './surface.ts';
import { text } from './text.ts';

interface Props {
  user: string;
  channel: string;
  /** '' for the channel itself. */
  threadTs: string;
  label: string;
  commands: Snapshot['commands'];
}

/** What was typed and not sent, by person, conversation and thread. */
const drafts = new Map<string, string>();

/** Puts words into the composer with this id, ready to be sent. */
export function fillComposer(id: string, words: string): void {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.value = words;
  field.dispatchEvent(new Event('input'));
  field.focus();
}

/** Give it a key of person, conversation and thread: each has its own draft. */
export function Composer({ user, channel, threadTs, label, commands }: Props) {
  const draftKey = `${user} ${channel} ${threadTs}`;
  const id = threadTs ? 'thread-composer' : 'composer';
  const field = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState(drafts.get(draftKey) ?? '');
  const [active, setActive] = useState(0);
  const [isDismissed, setDismissed] = useState(false);
  const suggestions = isDismissed ? [] : suggestionsFor(typed, commands);

  useEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight + 2, 200)}px`;
  }, [typed]);

  const put = (words: string) => {
    if (field.current) field.current.value = words;
    drafts.set(draftKey, words);
    setTyped(words);
    // After `/kikan ` nothing is chosen yet: Enter then sends the bare command.
    setActive(words.endsWith(' ') ? -1 : 0);
    setDismissed(false);
  };
  const alsoInChannel = useRef<HTMLInputElement>(null);
  const deliver = async (command: { command: string; text: string } | undefined, words: string) => {
    const thread = threadTs ? { threadTs } : {};
    if (command) return act({ act: 'slash', user, channel, ...command, ...thread });
    const box = alsoInChannel.current;
    const broadcast = box?.checked ? { isBroadcast: true } : {};
    const isSent = await act({ act: 'say', user, channel, text: words, ...thread, ...broadcast });
    if (isSent && box) box.checked = false;
    return isSent;
  };
  const send = async () => {
    const words = field.current?.value ?? '';
    if (!words.trim()) return;
    const command = parseCommand(words.trimEnd());
    if (command && !commands.some((one) => one.command === command.command)) {
      notify(text.unknownCommand(command.command));
      return;
    }
    put('');
    const isSent = await deliver(command, words.trim());
    if (!isSent && field.current?.value === '') put(words);
  };
  const steer = (event: KeyboardEvent): boolean => {
    const meaning = event.shiftKey ? undefined : meaningOf(event.key, suggestions, active);
    if (meaning === undefined) return false;
    if (meaning === 'dismiss') setDismissed(true);
    else if (typeof meaning === 'number') setActive(meaning);
    else put(meaning.full);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (steer(event)) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
  };
  return (
    <form
      class="composer"
      onSubmit={(event: Event) => {
        event.preventDefault();
        void send();
      }}
    >
      {suggestions.length > 0 && (
        <div class="suggestions" role="listbox" id={`${id}-list`} aria-label={text.commands}>
          {suggestions.map(({ full, label: name, note }, index) => (
            <button
              type="button"
              key={full}
              id={`${id}-option-${index}`}
              role="option"
              tabindex={-1}
              aria-selected={index === active ? 'true' : 'false'}
              onPointerDown={(event: Event) => event.preventDefault()}
              onClick={() => {
                put(full);
                field.current?.focus();
              }}
            >
              <strong>{name}</strong> <span class="faint">{note}</span>
            </button>
          ))}
        </div>
      )}
      <textarea
        ref={field}
        id={id}
        rows={1}
        value={drafts.get(draftKey) ?? ''}
        placeholder={label}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={suggestions[active] ? `${id}-option-${active}` : undefined}
        onInput={(event: Event) => {
          const words = enteredIn(event);
          drafts.set(draftKey, words);
          setTyped(words);
          setActive(words.endsWith(' ') ? -1 : 0);
          setDismissed(false);
        }}
        onKeyDown={onKeyDown}
      />
      <button type="submit" class="button is-primary" disabled={!typed.trim()}>
        {text.send}
      </button>
      {threadTs && (
        <label class="composer-broadcast">
          <input ref={alsoInChannel} type="checkbox" /> {text.alsoInChannel}
        </label>
      )}
      <p class="composer-help">{text.composerHelp}</p>
    </form>
  );
}
