/** The list of centers with their staff. */
import type { CityFile } from '../schema.ts';
import type { Center, Person } from './rules.ts';
import { peopleText as text } from './text.ts';

export function PeoplePage({ file, done }: { file: CityFile; done: string | undefined }) {
  return (
    <>
      {done === undefined ? null : (
        <p class="notice done" role="status">
          {done}
        </p>
      )}
      <p>{text.lead}</p>
      <ul class="buttons">
        <li>
          <a class="button primary" href="/people/new">
            {text.addPerson}
          </a>
        </li>
        <li>
          <a class="button" href="/people/centers/new">
            {text.addCenter}
          </a>
        </li>
        <li>
          <a class="button" href="/people/file">
            {text.file}
          </a>
        </li>
      </ul>
      <nav class="pages" aria-label={text.centers}>
        {file.centers.map(({ code, short }) => (
          <a href={`#center-${code}`}>{short}</a>
        ))}
      </nav>
      {file.centers.map((center) => (
        <CenterSection
          center={center}
          people={file.staff.filter((person) => person.center === center.code)}
        />
      ))}
    </>
  );
}

function CenterSection({ center, people }: { center: Center; people: readonly Person[] }) {
  const { code, name } = center;
  return (
    <section aria-labelledby={`center-${code}`}>
      <h2 id={`center-${code}`}>{name}</h2>
      <p class="quiet">
        {[text.kinds[center.kind], center.area, text.count(people.length)].filter(Boolean).join('・')}
      </p>
      {people.length === 0 ? (
        <p>{text.nobody}</p>
      ) : (
        <ul class="cards" aria-label={text.listOf(name)}>
          {people.map((person) => (
            <PersonCard person={person} />
          ))}
        </ul>
      )}
      <ul class="buttons">
        <li>
          <a class="button plain" href={`/people/new?center=${encodeURIComponent(code)}`}>
            {text.addPersonHere(center.short)}
          </a>
        </li>
        <li>
          <a class="button plain" href={`/people/centers/${code}`}>
            {text.changeCenter}
            {text.ofCenter(center.short)}
          </a>
        </li>
        <li>
          <a class="button plain" href={`/roll-calls/cards/${encodeURIComponent(code)}`}>
            {text.card}
            {text.ofCenter(center.short)}
          </a>
        </li>
        {people.length === 0 && center.kind !== 'kikan' ? (
          <li>
            <a class="button plain" href={`/people/centers/${code}/close`}>
              {text.close}
              {text.ofCenter(center.short)}
            </a>
          </li>
        ) : null}
      </ul>
    </section>
  );
}

function PersonCard({ person }: { person: Person }) {
  const { slackUserId, name, profession, role, admin, duty, email } = person;
  const path = `/people/staff/${slackUserId}`;
  const facts = [
    profession,
    text.roles[role],
    admin ? text.admin : undefined,
    duty ? text.duty : undefined,
    email,
  ];
  return (
    <li>
      <p class="name">{name}</p>
      <p>{facts.filter(Boolean).join('、')}</p>
      <p class="quiet">{text.slackId(slackUserId)}</p>
      <ul class="buttons">
        <li>
          <a class="button plain" href={path} aria-label={text.change(name)}>
            {text.changeShort}
          </a>
        </li>
        <li>
          <a class="button plain" href={`${path}/remove`} aria-label={text.removeOf(name)}>
            {text.removeShort}
          </a>
        </li>
      </ul>
    </li>
  );
}
