/** Who is told of a change, besides the cards: by reference only. */
import type { Message, OutboxEntry } from '../../slack/outbox.ts';
import type { LoadedConsultation } from './data.ts';

/** A direct message. */
export function tell(person: string, message: Message): OutboxEntry {
  return { kind: 'direct', person, message };
}

/** To the sender, if she still works where she may see the case. */
export function tellSender(
  { consultation: of, isSenderThere }: Pick<LoadedConsultation, 'consultation' | 'isSenderThere'>,
  message: Message,
): OutboxEntry[] {
  return isSenderThere ? [tell(of.sender, message)] : [];
}

/** To the person in charge, and to whoever stands in today; not to whoever just acted. */
export function tellInCharge(
  { consultation: of, deputy }: Pick<LoadedConsultation, 'consultation' | 'deputy'>,
  message: Message,
  actor?: string,
): OutboxEntry[] {
  return [of.personInCharge, deputy].flatMap((person) =>
    person === null || person === actor ? [] : [tell(person, message)],
  );
}

/** To the person in charge and to the sender. */
export function tellBothSides(loaded: LoadedConsultation, message: Message): OutboxEntry[] {
  return [...tellInCharge(loaded, message), ...tellSender(loaded, message)];
}

/** One direct message a person, the first of them, and none to whoever just acted. */
export function tellOnce(entries: readonly OutboxEntry[], actor?: string): OutboxEntry[] {
  const told = new Set([actor]);
  return entries.filter((entry) => {
    if (entry.kind !== 'direct') return true;
    if (told.has(entry.person)) return false;
    told.add(entry.person);
    return true;
  });
}
