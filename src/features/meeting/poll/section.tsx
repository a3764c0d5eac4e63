/** What poll adds to the page of a meeting. */
import type { PageSection } from '../pages/section.ts';

export const pollSection: PageSection = async () => null;
