/** Values that must be found nowhere, and how they could be hidden in something else. */

/** How a value could be hidden. */
export function formsOf(value: string): string[] {
  const bytes = new TextEncoder().encode(value);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    btoa(binary).replaceAll('=', '').slice(0, -2),
    [...value].map((letter) => (letter.codePointAt(0) ?? 0).toString(16)).join(''),
    value.replaceAll(/[^\d]/g, '').length >= 8 ? value.replaceAll(/[^\d]/g, '') : value,
  ];
}

/** Which of the values stand in the text, in any form. */
export function foundIn(sought: readonly string[], text: string): string[] {
  return sought.filter((value) => formsOf(value).some((form) => text.includes(form)));
}
