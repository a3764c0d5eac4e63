/** Keeps the keyboard inside an open dialog. */

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary';

/** Makes Tab go round inside `box`. Give it every keydown that reaches the dialog. */
export function trapFocus(event: KeyboardEvent, box: HTMLElement): void {
  if (event.key !== 'Tab') return;
  const stops = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (stop) => stop.offsetParent !== null,
  );
  const first = stops[0];
  const last = stops.at(-1);
  const active = document.activeElement;
  const isOutside = !active || !box.contains(active) || active === box;
  const target = event.shiftKey
    ? (active === first || isOutside) && last
    : (active === last || isOutside) && first;
  if (!target) return;
  event.preventDefault();
  target.focus();
}
