/** What the printed card leads to: the PIN, then the center's people by name. */
import type { RollCall } from '../../data.ts';
import { nameOf } from '../../text.ts';
import type { Colleague } from '../own/data.ts';
import { AnswerFields, Asked, type Chosen, KeptForm, Options, PersonChoice } from '../web/form.tsx';
import type { Faults } from '../web/schema.ts';
import { safetyText } from '../web/text.ts';
import { cardText } from './text.ts';

const text = cardText.page;

export function PinPage({ centerName, path }: { centerName: string; path: string }) {
  return (
    <>
      <p>{text.center(centerName)}</p>
      <form method="post" action={path}>
        <fieldset>
          <label class="label" for="pin">
            {text.pin}
          </label>
          <input
            id="pin"
            type="text"
            name="pin"
            inputmode="numeric"
            autocomplete="off"
            maxlength={12}
            required
          />
        </fieldset>
        <button type="submit">{text.open}</button>
      </form>
      <p class="quiet">{safetyText.nothingByOpening}</p>
    </>
  );
}

/** A roll-call that runs, with those of the center who are on its roster. */
export interface Running {
  rollCall: RollCall;
  note: string | null;
  people: readonly Colleague[];
}

/** What was sent for one of them and could not be taken. */
export interface SentFor {
  rollCallId: string;
  chosen: Chosen;
  faults: Faults;
}

export function CardPage({
  running,
  pass,
  path,
  sent,
}: {
  running: readonly Running[];
  pass: string;
  path: string;
  sent: SentFor | undefined;
}) {
  return (
    <>
      {running.map(({ rollCall, note, people }) => {
        const own = sent?.rollCallId === rollCall.id ? sent : undefined;
        return (
          <section>
            <h2>{nameOf(rollCall)}</h2>
            <Asked rollCall={rollCall} note={note} />
            <KeptForm action={path}>
              <input type="hidden" name="pass" value={pass} />
              <input type="hidden" name="rollCall" value={rollCall.id} />
              <PersonChoice
                of={rollCall.kind}
                people={people}
                chosen={own?.chosen.person}
                fault={own?.faults.person}
              />
              <Options
                name="by"
                legend={text.by}
                words={[
                  ['self', text.bySelf],
                  ['other', text.byOther],
                ]}
                chosen={own?.chosen.by}
                fault={own?.faults.by}
                isRequired
              />
              <AnswerFields of={rollCall.kind} chosen={own?.chosen ?? {}} faults={own?.faults ?? {}} />
            </KeptForm>
          </section>
        );
      })}
    </>
  );
}
