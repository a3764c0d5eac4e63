/** What a pressed button says. It is a hint only: whoever presses is looked up and asked for permission each time. */
import * as v from 'valibot';

const Button = v.object({ value: v.string() });

/** The button's value; empty when the payload carries none, which then finds no consultation. */
export function pressedValue(action: unknown): string {
  const pressed = v.safeParse(Button, action);
  return pressed.success ? pressed.output.value : '';
}
