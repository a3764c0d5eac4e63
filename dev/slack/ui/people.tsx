/** あなたは: who this tab is, and becoming somebody else. */
import { useEffect, useRef, useState } from 'hono/jsx/dom';
import type { Person } from '../client-api.ts';
import { useLastingEffect } from './lasting-effect.ts';
import { type Place, placeUrl } from './place.ts';
import { go } from './store.ts';
import { enteredIn } from './surface.ts';
import { text } from './text.ts';

interface Props {
  me: Person | undefined;
  people: Person[];
  place: Place;
}

/** The button with the person's name, and the list to search that it opens. */
export function PersonSwitcher({ me, people, place }: Props) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const close = () => {
    setOpen(false);
    box.current?.querySelector('button')?.focus();
  };
  useLastingEffect(() => {
    if (!isOpen) return undefined;
    const onPress = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close();
    };
    addEventListener('pointerdown', onPress);
    addEventListener('keydown', onKeyDown);
    return () => {
      removeEventListener('pointerdown', onPress);
      removeEventListener('keydown', onKeyDown);
    };
  }, [isOpen]);
  return (
    <div class="switcher" ref={box}>
      <button
        type="button"
        class="switcher-button"
        aria-expanded={isOpen ? 'true' : 'false'}
        aria-controls="people"
        title={text.choosePerson}
        onClick={() => setOpen(!isOpen)}
      >
        <span class="switcher-label">{text.youAre}</span>
        <span class="switcher-name">{me ? `${me.name}（${me.title}）` : '…'}</span>
        <span aria-hidden="true">▾</span>
      </button>
      {isOpen && <PeopleList people={people} place={place} onDone={close} />}
    </div>
  );
}

/** The office: the first word of the line under the name. */
export const officeOf = (person: Person): string => person.title.split(/[\s・／/]/)[0] ?? '';

function PeopleList({ people, place, onDone }: { people: Person[]; place: Place; onDone: () => void }) {
  const [wanted, setWanted] = useState('');
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => search.current?.focus(), []);
  const words = wanted.normalize('NFKC').toLowerCase().split(/\s+/);
  const found = people.filter((person) => {
    const all = `${person.name} ${person.name.replace(/\s/g, '')} ${person.title}`
      .normalize('NFKC')
      .toLowerCase();
    return words.every((word) => all.includes(word));
  });
  const become = (person: Person) => {
    onDone();
    go({ user: person.id, thread: '' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [first] = found;
    if (event.key !== 'Enter' || event.isComposing || !first) return;
    // The focus goes to the button, which the same key press would open again.
    event.preventDefault();
    become(first);
  };
  return (
    <div class="people" id="people">
      <input
        ref={search}
        type="search"
        class="control"
        aria-label={text.searchPerson}
        placeholder={text.searchPerson}
        onInput={(event: Event) => setWanted(enteredIn(event))}
        onKeyDown={onKeyDown}
      />
      <div class="people-list">
        {found.length === 0 && <p class="faint">{text.noPerson}</p>}
        {[...Map.groupBy(found, officeOf)].map(([office, group]) => (
          <section key={office} aria-label={office}>
            <h3>{office}</h3>
            {group.map((person) => (
              <a
                key={person.id}
                class="person"
                href={placeUrl({ ...place, user: person.id, thread: '' })}
                aria-current={person.id === place.user ? 'true' : undefined}
                onClick={(event: MouseEvent) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  become(person);
                }}
              >
                <Avatar id={person.id} name={person.name} />
                <span>
                  {person.name}
                  {person.isGuest && <span class="badge">{text.guest}</span>}
                  {person.id === place.user && <span class="badge is-me">{text.you}</span>}
                  <span class="person-title">{person.title}</span>
                </span>
              </a>
            ))}
          </section>
        ))}
      </div>
      <p class="people-hint">{text.personHint}</p>
    </div>
  );
}

/** A square with the first letter of the name, coloured by the id. */
export function Avatar({ id, name, isBot = false }: { id: string; name: string; isBot?: boolean }) {
  const hue = [...id].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
  return (
    <span class={isBot ? 'avatar is-bot' : 'avatar'} style={isBot ? '' : `--hue: ${hue}`} aria-hidden="true">
      {[...name][0]?.toUpperCase()}
    </span>
  );
}
