/** What agenda adds to the page of a meeting. */
import type { PageSection } from '../pages/section.ts';

export const agendaSection: PageSection = async () => null;
