/** What minutes adds to the page of a meeting. */
import type { PageSection } from '../pages/section.ts';

export const minutesSection: PageSection = async () => null;
