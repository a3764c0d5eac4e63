/** What waits for the reader of a case: said on top of its page, each with the buttons that answer it. */
import type { Child } from 'hono/jsx';
import { formatDate, formatInstant } from '../../../../lib/jst.ts';
import { HANDOVER_KINDS } from '../../words.ts';
import { pagesText as text } from '../text.ts';
import type { CaseOnPage } from './mutations.ts';
import { OperationLinks } from './operations.tsx';
import { type Waiting, waitingFor } from './rules.ts';

export function WaitingForReader({ shown }: { shown: CaseOnPage }) {
  const waiting = waitingFor(shown.operations, shown.closing.rating !== undefined);
  return (
    <>
      {waiting.map((each) => (
        <section class="notice warning" aria-label={text.waiting.section}>
          <h2 class="small">{text.waiting.headings[each.wait]}</h2>
          <About waiting={each} shown={shown} />
          <div class="no-print">
            <OperationLinks shown={shown} operations={each.operations} hasPrimary />
          </div>
        </section>
      ))}
      {waiting.some(({ wait }) => wait === 'offer') ? null : <OfferElsewhere shown={shown} />}
    </>
  );
}

function About({ waiting: { wait }, shown }: { waiting: Waiting; shown: CaseOnPage }): Child {
  switch (wait) {
    case 'offer':
      return <Offer shown={shown} />;
    case 'reply':
      return shown.questions.map(({ body, authorName, writtenAt }) => (
        <>
          <p class="quiet">{text.waiting.askedBy(authorName, formatInstant(writtenAt))}</p>
          <p class="typed">{body}</p>
        </>
      ));
    default:
      return <p>{text.waiting.sentences[wait]}</p>;
  }
}

function Offer({ shown: { loaded, opened } }: { shown: CaseOnPage }) {
  const { offer } = loaded;
  if (!offer) return null;
  const place = (code: string) => opened.names.centers.get(code) ?? code;
  const { from, until, returnOn } = text.waiting.offer;
  return (
    <p>
      {from(place(offer.fromCenter), place(offer.toCenter), HANDOVER_KINDS[offer.kind])}
      {until(formatInstant(offer.expiresAt))}
      {offer.returnByOn ? returnOn(formatDate(offer.returnByOn)) : ''}
    </p>
  );
}

/** Everybody who reads the case knows that it is on its way. */
function OfferElsewhere({ shown }: { shown: CaseOnPage }) {
  if (!shown.loaded.offer) return null;
  return (
    <section class="notice" aria-label={text.waiting.offerOpen}>
      <h2 class="small">{text.waiting.offerOpen}</h2>
      <Offer shown={shown} />
    </section>
  );
}
