/** 相談票 as a page for A4: on paper nothing but the sheet. */
import type { CaseSheet, SheetEntry } from '../../timeline/sheet.ts';
import { timelineText } from '../../timeline/text.ts';
import { casePath } from '../paths.ts';
import { printText as text } from './text.ts';

export function SheetPage({ sheet, reference }: { sheet: CaseSheet; reference: string }) {
  return (
    <>
      <div class="notice no-print">
        <p>{text.how}</p>
        <p>
          <a class="button" href={casePath(reference)}>
            {text.back}
          </a>
        </p>
      </div>
      <article class="sheet">
        <p class="printed">{sheet.printed}</p>
        <p class="handle">{sheet.notice}</p>
        {sheet.sections.map(({ heading, entries }) => (
          <section>
            <h2>{heading}</h2>
            {entries.length > 0 ? <Entries entries={entries} /> : <p>{timelineText.sheet.nothing}</p>}
          </section>
        ))}
        <p class="end">{text.end}</p>
      </article>
    </>
  );
}

function Entries({ entries }: { entries: readonly SheetEntry[] }) {
  return (
    <dl class="entries">
      {entries.map(({ label, value }) => (
        <div>
          <dt>{label}</dt>
          <dd class="typed">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
