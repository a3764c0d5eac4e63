/** What attendance adds to the page of a meeting. */
import type { PageSection } from '../pages/section.ts';

export const attendanceSection: PageSection = async () => null;
