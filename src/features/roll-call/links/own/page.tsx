/** The page of one person's own link, and the one on which she answers for others. */

import { AnswerFields, Asked, type Chosen, KeptForm, PersonChoice, SafeForm } from '../web/form.tsx';
import type { Faults } from '../web/schema.ts';
import { safetyText as text } from '../web/text.ts';
import type { Colleague, OpenedLink } from './data.ts';

/** What was sent and could not be taken. */
export interface Sent {
  chosen: Chosen;
  faults: Faults;
}

/** What counts of a person's answers, and that help is on its way. */
export function countsOf(own: OpenedLink['own']): string {
  if (own.answeredAt === null) return text.silent;
  const counts = text.counts(own, own.answeredAt);
  return own.helpSince !== null && own.helpClearedAt === null ? `${counts}${text.help}` : counts;
}

export function OwnPage({
  link: { rollCall, own, name, centerShort },
  note,
  path,
  sent,
  isSaid,
}: {
  link: Pick<OpenedLink, 'rollCall' | 'own' | 'name' | 'centerShort'>;
  note: string | null;
  path: string;
  sent: Sent | undefined;
  /** Whether what counts stands on top already. */
  isSaid: boolean;
}) {
  return (
    <>
      <p>{text.forWhom(centerShort, familyNameOf(name))}</p>
      <Asked rollCall={rollCall} note={note} />
      {isSaid ? null : (
        <p class="notice" id="counts">
          {countsOf(own)}
        </p>
      )}
      <SafeForm action={path} />
      <section>
        <h2>{text.more}</h2>
        <KeptForm action={path}>
          <AnswerFields of="own" chosen={sent?.chosen ?? chosenOf(own)} faults={sent?.faults ?? {}} />
        </KeptForm>
      </section>
      <p>{text.howToChange}</p>
      <p class="quiet">{text.nothingByOpening}</p>
      <p>
        <a href={`${path}/others`} rel="nofollow">
          {text.others}
        </a>
      </p>
    </>
  );
}

export function OthersPage({
  link: { rollCall, centerShort },
  silent,
  path,
  sent,
}: {
  link: OpenedLink;
  silent: readonly Colleague[];
  path: string;
  sent: Sent | undefined;
}) {
  return (
    <>
      <p class={rollCall.kind === 'drill' ? 'kind drill' : 'kind'}>
        {rollCall.kind === 'drill' ? text.isDrill : text.isActual}
      </p>
      <h2>{text.others}</h2>
      <p>{text.othersLead(centerShort)}</p>
      {silent.length === 0 ? (
        <p class="notice">{text.nobodySilent}</p>
      ) : (
        <KeptForm action={`${path}/others`}>
          <PersonChoice
            of="others"
            people={silent}
            chosen={sent?.chosen.person}
            fault={sent?.faults.person}
          />
          <AnswerFields of="others" chosen={sent?.chosen ?? {}} faults={sent?.faults ?? {}} />
        </KeptForm>
      )}
      <p>
        <a href={path}>{text.back}</a>
      </p>
    </>
  );
}

/** What counts, for who changes one thing of it. */
function chosenOf({ safety, place, coming, comingMinutes, family }: OpenedLink['own']): Chosen {
  return {
    ...(safety === null ? {} : { safety }),
    ...(place === null ? {} : { place }),
    ...(coming === null ? {} : { coming }),
    ...(comingMinutes === null ? {} : { minutes: String(comingMinutes) }),
    ...(family === null ? {} : { family }),
  };
}

function familyNameOf(name: string): string {
  return name.split(/[\s\u3000]/u)[0] ?? name;
}
