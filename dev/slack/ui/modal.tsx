/** The modal on top of this person's stack. */
import { useEffect, useRef, useState } from 'hono/jsx/dom';
import type { OpenView } from '../client-api.ts';
import { Blocks } from './block-kit.tsx';
import { trapFocus } from './focus.ts';
import { formOf, viewState } from './form-state.ts';
import { labelAt, objectsAt } from './json.ts';
import { useLastingEffect } from './lasting-effect.ts';
import { plain } from './mrkdwn.tsx';
import { act, suggest } from './store.ts';
import type { Surface } from './surface.ts';
import { text } from './text.ts';

interface Props {
  user: string;
  opened: OpenView;
  /** A question stands above; the modal must not answer keys meanwhile. */
  isCovered: boolean;
}

/** One open view: a dialog that keeps the keyboard, and submits once. The server checks what Slack's client checks. */
export function Modal({ user, opened, isCovered }: Props) {
  const { id, view } = opened;
  const blocks = objectsAt(view, 'blocks');
  const dialog = useRef<HTMLFormElement>(null);
  const isSending = useRef(false);
  const [isBusy, setBusy] = useState(false);
  /** Fields changed since the last submit: their errors speak of what is no longer there. */
  const [touched, setTouched] = useState<string[]>([]);
  const form = formOf(id);
  form.keepOnly(blocks);
  const errors = Object.fromEntries(
    Object.entries(opened.errors).filter(([blockId]) => !touched.includes(blockId)),
  );

  const surface: Surface = {
    id,
    form,
    errors,
    send: (blockId, actionId, value) =>
      act({ act: 'view-action', user, viewId: id, blockId, actionId, value, state: viewState(form, blocks) }),
    suggest: (blockId, actionId, value) => suggest({ user, viewId: id, blockId, actionId, value }),
    touch: (blockId) => {
      if (blockId in errors) setTouched([...touched, blockId]);
    },
  };

  const focusFirstError = () =>
    requestAnimationFrame(() => {
      const field = dialog.current?.querySelector('.is-invalid :is(input, select, textarea, button)');
      if (field instanceof HTMLElement) field.focus();
      field?.closest('.is-invalid')?.scrollIntoView({ block: 'nearest' });
    });

  const submit = async () => {
    if (isSending.current) return;
    setTouched([]);
    isSending.current = true;
    setBusy(true);
    await act({ act: 'view-submit', user, viewId: id, state: viewState(form, blocks) });
    isSending.current = false;
    setBusy(false);
    focusFirstError();
  };
  const close = () => void act({ act: 'view-close', user, viewId: id });

  useEffect(() => {
    const wanted = dialog.current?.querySelector('[data-focus]') ?? dialog.current;
    if (wanted instanceof HTMLElement) wanted.focus();
  }, []);
  const covered = useRef(isCovered);
  covered.current = isCovered;
  useLastingEffect(() => {
    // On the document: after an update the focused field may be gone, and the keys with it.
    const onKeyDown = (event: KeyboardEvent) => {
      if (covered.current || event.isComposing) return;
      if (event.key === 'Escape') close();
      const isInside =
        dialog.current?.contains(document.activeElement) || document.activeElement === document.body;
      if (dialog.current && isInside) trapFocus(event, dialog.current);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  const submitWords = plain(labelAt(view, 'submit'));
  const titleId = `title-${id}`;
  return (
    <div class="veil" inert={isCovered}>
      <form
        ref={dialog}
        class="modal"
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        aria-busy={isBusy ? 'true' : 'false'}
        tabindex={-1}
        novalidate
        onSubmit={(event: Event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <header class="modal-head">
          <h2 id={titleId}>{plain(labelAt(view, 'title'))}</h2>
          <button type="button" class="icon-button" aria-label={text.close} onClick={close}>
            ×
          </button>
        </header>
        <div class="modal-body">
          <Blocks blocks={blocks} surface={surface} />
        </div>
        <footer class="modal-foot">
          <button type="button" class="button" onClick={close}>
            {plain(labelAt(view, 'close')) || (submitWords ? text.cancel : text.close)}
          </button>
          {submitWords && (
            <button
              type="submit"
              class="button is-primary"
              disabled={isBusy || view.submit_disabled === true}
            >
              {isBusy ? text.sending : submitWords}
            </button>
          )}
        </footer>
      </form>
    </div>
  );
}
