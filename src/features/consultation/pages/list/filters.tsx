/** The choices above a list, as fields of a form: the same for the list, whose form is its address, and for the search. */
import { PERIODS } from '../../listing/rules.ts';
import type { ChosenFilters } from '../../listing/schema.ts';
import { listingText } from '../../listing/text.ts';
import { codesOf, KINDS, STATUSES, TOPICS, URGENCIES } from '../../words.ts';
import { PAGE_FILTERS, type PageFilterName } from './schema.ts';
import { listText as text } from './text.ts';

/** What only core staff choose from; null for those who see their own center's cases anyway. */
export interface Places {
  centers: readonly { code: string; short: string }[];
  people: readonly { slackUserId: string; name: string }[];
}

interface Choice {
  code: string;
  label: string;
}

export function FilterFields({ filters, places }: { filters: ChosenFilters; places: Places | null }) {
  return (
    <div class="narrow">
      {PAGE_FILTERS.map((name) => {
        const choices = choicesOf(name, places);
        if (choices.length === 0) return null;
        return (
          <div class="field">
            <label for={`filter-${name}`}>{text.filters[name]}</label>
            <select id={`filter-${name}`} name={name}>
              <option value="">{text.any}</option>
              {choices.map(({ code, label }) => (
                <option value={code} selected={filters[name] === code}>
                  {label}
                </option>
              ))}
            </select>
          </div>
        );
      })}
    </div>
  );
}

/** How many filters are chosen. */
export function countFilters(filters: ChosenFilters): number {
  return PAGE_FILTERS.filter((name) => filters[name] !== undefined).length;
}

function choicesOf(name: PageFilterName, places: Places | null): Choice[] {
  switch (name) {
    case 'status':
      return codesOf(STATUSES).map((code) => ({ code, label: STATUSES[code] }));
    case 'urgency':
      return codesOf(URGENCIES).map((code) => ({ code, label: URGENCIES[code].label }));
    case 'topic':
      return codesOf(TOPICS).map((code) => ({ code, label: TOPICS[code] }));
    case 'kind':
      return codesOf(KINDS).map((code) => ({ code, label: KINDS[code] }));
    case 'period':
      return PERIODS.map((code) => ({ code, label: listingText.periods[code] }));
    case 'center':
      return (places?.centers ?? []).map(({ code, short }) => ({ code, label: short }));
    case 'person':
      return (places?.people ?? []).map(({ slackUserId, name: label }) => ({ code: slackUserId, label }));
  }
}
