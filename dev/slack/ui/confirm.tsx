/** The question before something that can't be undone: Block Kit's `confirm`, and deleting a message. */
import { useEffect, useRef, useState } from 'hono/jsx/dom';
import { trapFocus } from './focus.ts';
import { type Json, labelAt, objectAt, textAt } from './json.ts';
import { useLastingEffect } from './lasting-effect.ts';
import { Mrkdwn, plain } from './mrkdwn.tsx';
import { text } from './text.ts';

interface Question {
  confirm: Json;
  settle: (isYes: boolean) => void;
}

let show: (question: Question | null) => void = () => {};

/** Asks with Slack's confirm object; true when the person goes on. */
export const ask = (confirm: Json): Promise<boolean> =>
  new Promise((settle) => {
    show({ confirm, settle });
  });

/** Asks if the element has a `confirm`; true when it has none. */
export async function isConfirmed(element: Json): Promise<boolean> {
  const confirm = objectAt(element, 'confirm');
  return Object.keys(confirm).length === 0 || (await ask(confirm));
}

/** Draws the question that is being asked. The page has one, above everything else. */
export function ConfirmDialog({ onChange }: { onChange: (isAsking: boolean) => void }) {
  const [question, setQuestion] = useState<Question | null>(null);
  show = (next) => {
    setQuestion(next);
    onChange(next !== null);
  };
  if (!question) return null;
  const settle = (isYes: boolean) => {
    show(null);
    question.settle(isYes);
  };
  return (
    <Ask
      key={textAt(objectAt(question.confirm, 'title'), 'text')}
      confirm={question.confirm}
      onSettle={settle}
    />
  );
}

function Ask({ confirm, onSettle }: { confirm: Json; onSettle: (isYes: boolean) => void }) {
  const dialog = useRef<HTMLDivElement>(null);
  useLastingEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  useEffect(() => dialog.current?.querySelector('button')?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onSettle(false);
    if (event.key === 'Escape') event.stopPropagation();
    if (dialog.current) trapFocus(event, dialog.current);
  };
  const body = objectAt(confirm, 'text');
  return (
    <div class="veil is-top">
      <div
        ref={dialog}
        class="ask"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="ask-title"
        aria-describedby="ask-text"
        onKeyDown={onKeyDown}
      >
        <h2 id="ask-title">{plain(labelAt(confirm, 'title'))}</h2>
        <div id="ask-text">
          {body.type === 'mrkdwn' ? <Mrkdwn source={textAt(body, 'text')} /> : plain(textAt(body, 'text'))}
        </div>
        <p class="ask-buttons">
          <button type="button" class="button" onClick={() => onSettle(false)}>
            {plain(labelAt(confirm, 'deny')) || text.cancel}
          </button>
          <button
            type="button"
            class={confirm.style === 'danger' ? 'button is-danger' : 'button is-primary'}
            onClick={() => onSettle(true)}
          >
            {plain(labelAt(confirm, 'confirm')) || text.continue}
          </button>
        </p>
      </div>
    </div>
  );
}
