/** A button that opens a short list of things to do. */
import { useEffect, useRef, useState } from 'hono/jsx/dom';
import { useLastingEffect } from './lasting-effect.ts';

interface MenuItem {
  label: string;
  isDanger?: boolean;
  onPick: () => void;
}

/** A ⋯ button with its menu: arrow keys move, Esc and a press elsewhere close it. */
export function Menu({ label, items }: { label: string; items: MenuItem[] }) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLSpanElement>(null);
  const list = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    const start = box.current?.closest('.pane, .modal')?.getBoundingClientRect().left ?? 0;
    if (list.current && list.current.getBoundingClientRect().left < start)
      list.current.classList.add('is-start');
    list.current?.querySelector('button')?.focus();
    list.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  useLastingEffect(() => {
    if (!isOpen) return undefined;
    const onPress = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    addEventListener('pointerdown', onPress);
    return () => removeEventListener('pointerdown', onPress);
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    box.current?.querySelector('button')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
    if (!step) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button.matches(':focus'));
    buttons.at((at + step) % buttons.length)?.focus();
  };
  const pick = (item: MenuItem) => {
    close();
    item.onPick();
  };
  return (
    <span class="menu" ref={box}>
      <button
        type="button"
        class="icon-button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen ? 'true' : 'false'}
        onClick={() => setOpen(!isOpen)}
      >
        ⋯
      </button>
      {isOpen && (
        <span class="menu-list" role="menu" tabindex={-1} ref={list} onKeyDown={onKeyDown}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              class={item.isDanger ? 'is-danger' : ''}
              onClick={() => pick(item)}
            >
              {item.label}
            </button>
          ))}
        </span>
      )}
    </span>
  );
}
