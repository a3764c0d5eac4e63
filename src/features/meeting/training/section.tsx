/** What training adds to the page of a meeting. */
import type { PageSection } from '../pages/section.ts';

export const trainingSection: PageSection = async () => null;
