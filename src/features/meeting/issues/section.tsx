/** What issues adds to the page of a meeting. */
import type { PageSection } from '../pages/section.ts';

export const issuesSection: PageSection = async () => null;
