/**
 * The look of the pages: the Digital Agency's design tokens (a test holds them equal to the package), phone first.
 * Body text and controls keep 4.5:1, borders of controls and the focus ring 3:1 (WCAG 2.2, 1.4.3 and 1.4.11); targets are 44 px.
 */
import { sha256Hex } from '../lib/bytes.ts';

export const STYLE = `
:root {
  --color-primitive-blue-50: #e8f1fe;
  --color-primitive-blue-100: #d9e6ff;
  --color-primitive-blue-900: #0017c1;
  --color-primitive-blue-1000: #00118f;
  --color-primitive-blue-1200: #000060;
  --color-primitive-green-50: #e6f5ec;
  --color-primitive-green-800: #197a4b;
  --color-primitive-red-50: #fdeeee;
  --color-primitive-red-800: #ec0000;
  --color-primitive-red-900: #ce0000;
  --color-primitive-yellow-50: #fbf5e0;
  --color-primitive-yellow-300: #ffd43d;
  --color-primitive-yellow-900: #927200;
  --color-neutral-white: #ffffff;
  --color-neutral-black: #000000;
  --color-neutral-solid-gray-50: #f2f2f2;
  --color-neutral-solid-gray-100: #e6e6e6;
  --color-neutral-solid-gray-200: #cccccc;
  --color-neutral-solid-gray-600: #666666;
  --color-neutral-solid-gray-700: #4d4d4d;
  --color-neutral-solid-gray-800: #333333;
  --font-family-sans: 'Noto Sans JP', -apple-system, BlinkMacSystemFont, sans-serif;
  --font-size-14: 0.875rem;
  --font-size-16: 1rem;
  --font-size-18: 1.125rem;
  --font-size-20: 1.25rem;
  --font-size-24: 1.5rem;
  --font-size-28: 1.75rem;
  --line-height-130: 1.3;
  --line-height-150: 1.5;
  --line-height-170: 1.7;
  --border-radius-4: 0.25rem;
  --border-radius-8: 0.5rem;
  --border-radius-12: 0.75rem;
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; color: var(--color-neutral-solid-gray-800); background: var(--color-neutral-white);
  font: var(--font-size-16)/var(--line-height-170) var(--font-family-sans);
  overflow-wrap: anywhere; line-break: strict;
}
a { color: var(--color-primitive-blue-1000); text-underline-offset: 0.2em; }
a:hover { text-decoration-thickness: 0.15em; }
:focus-visible {
  outline: 4px solid var(--color-neutral-black); outline-offset: 2px;
  box-shadow: 0 0 0 2px var(--color-primitive-yellow-300); border-radius: var(--border-radius-4);
}
h1 { font-size: var(--font-size-24); line-height: var(--line-height-150); margin: 0 0 1rem; }
h2 { font-size: var(--font-size-20); line-height: var(--line-height-150); margin: 2rem 0 0.75rem; }
h2.small { font-size: var(--font-size-18); margin: 0 0 0.5rem; }
h3 { font-size: var(--font-size-18); line-height: var(--line-height-150); margin: 1.5rem 0 0.5rem; }
p, ul, ol, dl { margin: 0 0 1rem; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 0.5rem; top: 0.5rem; padding: 0.5rem 1rem; background: var(--color-neutral-white); z-index: 1; }
.site-header { border-bottom: 1px solid var(--color-neutral-solid-gray-200); padding: 0.5rem 1rem; }
.site-header .row { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: center; max-width: 60rem; margin: 0 auto; }
.brand { font-weight: 700; font-size: var(--font-size-18); text-decoration: none; color: inherit; min-height: 2.75rem; display: inline-flex; align-items: center; }
.site-header .row form { margin: 0 -0.5rem 0 0; }
.whoami { margin: 0 0 0 auto; font-size: var(--font-size-14); color: var(--color-neutral-solid-gray-700); }
.site-nav { max-width: 60rem; margin: 0 auto; }
.site-nav .open { display: none; }
@media (min-width: 40rem) {
  .site-nav .open { display: block; }
  .site-nav .folded { display: none; }
}
.site-nav .open ul { margin-left: -0.75rem; }
.site-nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 0.25rem; margin: 0; padding: 0; }
.site-nav a { display: inline-flex; align-items: center; min-height: 2.75rem; padding: 0 0.75rem; border-radius: var(--border-radius-8); }
.site-nav a[aria-current='page'] { background: var(--color-primitive-blue-100); color: var(--color-primitive-blue-1200); font-weight: 700; }
.site-nav .folded ul { flex-direction: column; }
.site-nav .folded a { width: 100%; }
@media (max-width: 39.99rem) {
  .site-header { display: grid; grid-template-columns: 1fr auto; column-gap: 0.75rem; padding-bottom: 0; }
  .site-header > .row { display: contents; }
  .site-header > .row > form { justify-self: end; }
  .whoami { grid-area: 2 / 2; padding: 0.625rem 0; }
  .site-nav { grid-area: 2 / 1; margin: 0; width: 100%; }
}
main { max-width: 62rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
.site-footer { border-top: 1px solid var(--color-neutral-solid-gray-200); padding: 1rem; font-size: var(--font-size-14); color: var(--color-neutral-solid-gray-700); }
.site-footer .row { max-width: 60rem; margin: 0 auto; }
.panel { border: 1px solid var(--color-neutral-solid-gray-200); border-radius: var(--border-radius-12); padding: 1rem; margin: 0 0 1rem; }
.panel > :first-child { margin-top: 0; }
.panel > :last-child { margin-bottom: 0; }
.notice { border-left: 0.5rem solid var(--color-primitive-blue-900); background: var(--color-primitive-blue-50); padding: 0.75rem 1rem; margin: 0 0 1rem; border-radius: 0 var(--border-radius-8) var(--border-radius-8) 0; }
.notice.done { border-color: var(--color-primitive-green-800); background: var(--color-primitive-green-50); }
.notice.warning { border-color: var(--color-primitive-yellow-900); background: var(--color-primitive-yellow-50); }
.notice.error { border-color: var(--color-primitive-red-900); background: var(--color-primitive-red-50); }
.notice > :first-child { margin-top: 0; }
.notice > :last-child { margin-bottom: 0; }
.quiet { color: var(--color-neutral-solid-gray-700); font-size: var(--font-size-14); }
.typed { white-space: pre-wrap; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
.facts dt { color: var(--color-neutral-solid-gray-700); }
.facts dd { margin: 0; }
.facts.in-line { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin: 0.25rem 0 0; }
.facts.in-line > div { display: flex; gap: 0.5rem; }
.facts .late, .facts .late dt { color: var(--color-primitive-red-900); font-weight: 700; }
.tag { display: inline-block; padding: 0 0.5rem; border: 1px solid var(--color-neutral-solid-gray-600); border-radius: var(--border-radius-4); font-size: var(--font-size-14); line-height: var(--line-height-150); }
.tag.urgent { color: var(--color-primitive-red-900); border-color: var(--color-primitive-red-900); font-weight: 700; }
.tag.restricted { background: var(--color-neutral-solid-gray-800); border-color: var(--color-neutral-solid-gray-800); color: var(--color-neutral-white); }
.button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 3rem; padding: 0.25rem 1rem;
  font: 700 var(--font-size-16)/var(--line-height-130) var(--font-family-sans); text-decoration: none; text-align: center; cursor: pointer;
  border: 1px solid var(--color-primitive-blue-900); border-radius: var(--border-radius-8);
  background: var(--color-neutral-white); color: var(--color-primitive-blue-900);
}
.button:hover { background: var(--color-primitive-blue-50); text-decoration: underline; }
.button.primary { background: var(--color-primitive-blue-900); color: var(--color-neutral-white); }
.button.primary:hover { background: var(--color-primitive-blue-1000); }
.button.danger { border-color: var(--color-primitive-red-900); color: var(--color-primitive-red-900); }
.button.plain { border-color: transparent; font-weight: 400; text-decoration: underline; min-height: 2.75rem; padding: 0 0.5rem; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 0 0 1rem; padding: 0; list-style: none; }
.buttons form { margin: 0; }
.buttons .pick { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: flex-end; }
.pick label { display: block; font-weight: 700; }
.pick select { width: auto; font-weight: 400; display: block; }
.field { border: 0; margin: 0 0 1.5rem; padding: 0; min-width: 0; }
.field > label, .field > legend { display: block; font-weight: 700; padding: 0; margin: 0 0 0.25rem; }
.field .mark { display: inline-block; white-space: nowrap; font-size: var(--font-size-14); font-weight: 400; color: var(--color-neutral-solid-gray-700); margin-left: 0.5rem; }
.field .mark.required { color: var(--color-primitive-red-900); }
.field .hint { margin: 0 0 0.25rem; font-size: var(--font-size-14); color: var(--color-neutral-solid-gray-700); }
.field .fault { margin: 0 0 0.25rem; color: var(--color-primitive-red-900); font-weight: 700; }
.field.faulty { border-left: 0.25rem solid var(--color-primitive-red-900); padding-left: 0.75rem; }
input:not([type]), input[type='text'], input[type='search'], input[type='date'], input[type='time'], input[type='datetime-local'], input[type='file'], input[type='number'], textarea, select {
  width: 100%; max-width: 100%; min-height: 3rem; padding: 0.5rem 0.75rem; color: inherit; background: var(--color-neutral-white);
  font: var(--font-size-16)/var(--line-height-150) var(--font-family-sans);
  border: 1px solid var(--color-neutral-solid-gray-600); border-radius: var(--border-radius-8);
}
input[type='date'], input[type='time'], input[type='datetime-local'], input[type='number'] { width: auto; min-width: 12rem; }
textarea { min-height: 10rem; resize: vertical; }
textarea:is([rows='2'], [rows='3'], [rows='4']) { min-height: 0; }
:is(input, textarea, select)[aria-invalid='true'] { border: 2px solid var(--color-primitive-red-900); }
.choices { display: grid; gap: 0 1rem; }
@media (min-width: 40rem) { .choices.many { grid-template-columns: 1fr 1fr; } }
.choices label { display: flex; gap: 0.5rem; align-items: flex-start; min-height: 2.75rem; padding: 0.5rem 0; }
.choices input { width: 1.5rem; height: 1.5rem; flex: none; margin: 0.1rem 0 0; accent-color: var(--color-primitive-blue-900); }
.beside { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: flex-end; }
.beside > .field { flex: 1 1 12rem; margin: 0; }
.looking { display: grid; gap: 0 1rem; align-items: start; }
@media (min-width: 40rem) { .looking { grid-template-columns: 1fr 1fr; } }
.looking details { margin-top: 0.5rem; }
@media (min-width: 40rem) { .looking .narrow { grid-template-columns: 1fr 1fr; } }
.narrow { display: grid; gap: 0 1rem; }
@media (min-width: 40rem) { .narrow { grid-template-columns: 1fr 1fr 1fr; } }
.narrow .field { margin: 0 0 1rem; }
.scroll { overflow-x: auto; margin: 0 0 1rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 700; padding: 0 0 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem; border-bottom: 1px solid var(--color-neutral-solid-gray-200); }
.scroll td, .scroll th { min-width: 4.5rem; overflow-wrap: break-word; }
.scroll a, .scroll time { white-space: nowrap; }
td > :last-child { margin-bottom: 0; }
th { background: var(--color-neutral-solid-gray-50); font-weight: 700; }
@media screen and (max-width: 39.99rem) {
  .stacked, .stacked tbody, .stacked caption, .stacked tr, .stacked td, .stacked th { display: block; }
  .stacked thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .stacked tr { border: 1px solid var(--color-neutral-solid-gray-200); border-radius: var(--border-radius-12); padding: 0.5rem 1rem; margin: 0 0 0.75rem; }
  .stacked td, .stacked tbody th { border: 0; padding: 0.125rem 0; background: none; }
  .stacked td:empty { display: none; }
  .stacked [data-label] { display: grid; grid-template-columns: 7rem 1fr; gap: 0 0.75rem; }
  .stacked [data-label]::before { content: attr(data-label); font-weight: 400; color: var(--color-neutral-solid-gray-700); }
  .stacked [data-label] > * { grid-column: 2; justify-self: start; }
}
.cards { list-style: none; margin: 0 0 1rem; padding: 0; }
.cards > li { border: 1px solid var(--color-neutral-solid-gray-200); border-radius: var(--border-radius-12); padding: 0.75rem 1rem; margin: 0 0 0.75rem; }
.cards p, .cards .buttons { margin: 0; }
.cards .button.plain { padding: 0 0.5rem 0 0; }
.cards .name { font-size: var(--font-size-18); font-weight: 700; }
.board-total { font-size: var(--font-size-20); font-weight: 700; margin: 0 0 0.5rem; }
.tiles { list-style: none; margin: 0 0 1rem; padding: 0; display: grid; gap: 0.5rem; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); }
.tiles > li { border: 1px solid var(--color-neutral-solid-gray-200); border-radius: var(--border-radius-8); padding: 0.5rem 0.75rem; break-inside: avoid; }
.tiles > .troubled { border: 2px solid var(--color-primitive-red-900); background: var(--color-primitive-red-50); }
.tiles p { margin: 0; line-height: var(--line-height-150); }
.tiles .name, .tiles .figure { font-weight: 700; }
.tiles .words { font-size: var(--font-size-14); }
.silent > div { margin: 0 0 0.5rem; }
.silent dt { font-weight: 700; }
.silent dd { margin: 0; }
.chart { margin: 0 0 1rem; }
.chart svg { display: block; width: 100%; max-width: 48rem; height: auto; }
@media screen and (max-width: 39.99rem) {
  .chart { overflow-x: auto; }
  .chart svg { width: 40rem; max-width: none; }
}
.chart text { font: 13px var(--font-family-sans); fill: var(--color-neutral-solid-gray-800); }
.chart figcaption { font-size: var(--font-size-14); color: var(--color-neutral-solid-gray-700); }
.chart .grid { stroke: var(--color-neutral-solid-gray-200); }
.chart .curve { fill: none; stroke-width: 3; }
.chart .now .curve { stroke: var(--color-primitive-blue-900); }
.chart .now .mark { fill: var(--color-primitive-blue-900); }
.chart .before .curve { stroke: var(--color-neutral-solid-gray-700); stroke-width: 2; stroke-dasharray: 6 4; }
.chart .before .mark { fill: var(--color-neutral-white); stroke: var(--color-neutral-solid-gray-700); stroke-width: 2; }
.chart .bar { fill: var(--color-primitive-blue-900); }
.chart .rest { stroke: var(--color-neutral-solid-gray-600); }
.chart .hatch { stroke: var(--color-neutral-solid-gray-600); stroke-width: 1; }
.chart .mark-before { fill: var(--color-neutral-black); stroke: var(--color-neutral-white); }
table.counts { width: auto; min-width: min(100%, 24rem); }
.counts td, .counts th:last-child:not([scope='row']) { text-align: right; white-space: nowrap; }
.counts tbody th { background: none; font-weight: 400; }
.sheet .printed { text-align: right; margin: 0; }
.sheet .handle { border: 1px solid var(--color-neutral-solid-gray-800); padding: 0.25rem 0.5rem; }
.sheet h2 { font-size: var(--font-size-18); border-bottom: 2px solid var(--color-neutral-solid-gray-800); margin: 1.5rem 0 0; }
.entries { margin: 0; }
.entries > div { display: grid; grid-template-columns: 9rem 1fr; border-bottom: 1px solid var(--color-neutral-solid-gray-200); }
.entries > div { line-height: var(--line-height-150); }
.entries dt { padding: 0.25rem 0.5rem 0.25rem 0; color: var(--color-neutral-solid-gray-700); }
.entries dd { margin: 0; padding: 0.25rem 0; }
.sheet .end { text-align: right; margin: 1rem 0 0; }
.course { list-style: none; margin: 0; padding: 0 0 0 1rem; border-left: 2px solid var(--color-neutral-solid-gray-200); }
.course > li { margin: 0 0 1.25rem; }
.course p { margin: 0 0 0.25rem; }
.pages { display: flex; gap: 1rem; flex-wrap: wrap; align-items: center; }
details > summary { cursor: pointer; min-height: 2.75rem; padding: 0.5rem 0; color: var(--color-primitive-blue-1000); text-decoration: underline; }
mark { color: inherit; background: var(--color-primitive-yellow-300); text-decoration: underline; print-color-adjust: exact; }
ins { background: var(--color-primitive-green-50); text-decoration: underline; }
del { background: var(--color-primitive-red-50); text-decoration: line-through; }
hr { border: 0; border-top: 1px solid var(--color-neutral-solid-gray-200); margin: 1.5rem 0; }
@media print {
  .site-header, .site-footer, .skip, .no-print { display: none !important; }
  main { max-width: none; padding: 0; }
  body { font-size: 10.5pt; color: #000; }
  a { color: inherit; text-decoration: none; }
  h2 { break-after: avoid; }
  tr, .panel, .chart, .course > li { break-inside: avoid; }
  .scroll { overflow: visible; }
  .figures th, .figures td { font-size: 8.5pt; line-height: var(--line-height-130); min-width: 0; padding: 0.5mm 1mm; }
  h1 { font-size: 16pt; margin: 0; }
  .sheet h2 { font-size: 12pt; margin: 5mm 0 0; }
  .entries > div { grid-template-columns: 34mm 1fr; }
  .entries dt, .entries dd { color: #000; orphans: 3; widows: 3; }
  .entries dt { break-after: avoid; }
  .typed { line-height: var(--line-height-150); }
  @page { size: A4; margin: 15mm 15mm 18mm; @bottom-right { content: counter(page) ' / ' counter(pages); font-size: 9pt; } }
}
`;

let path: Promise<string> | undefined;

/** The style sheet's address: another one for each content, so that browsers may keep it for good. */
export function stylePath(): Promise<string> {
  path ??= sha256Hex(STYLE).then((hash) => `/style-${hash.slice(0, 12)}.css`);
  return path;
}
