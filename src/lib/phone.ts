/** Telephone numbers, by libphonenumber. Its tables are large and few requests need them: they are loaded at the first one. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/core';
import { foldNumber } from './japanese.ts';

/** The number as it is written in Japan (abroad: international); undefined when the text is no number, or holds more than one. */
export type PhoneReader = (text: string) => string | undefined;

export async function loadPhoneReader(): Promise<PhoneReader> {
  const { default: tables } = await import('libphonenumber-js/metadata.max.json');
  return (text) => {
    const number = parsePhoneNumberFromString(
      foldNumber(text),
      { defaultCountry: 'JP', extract: false },
      tables,
    );
    if (!number?.isValid()) return undefined;
    return number.country === 'JP' ? number.formatNational() : number.formatInternational();
  };
}
