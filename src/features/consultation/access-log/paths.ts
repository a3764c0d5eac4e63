/** Addresses of access logs: references and codes only. */
import { casePath } from '../pages/paths.ts';
import type { LogSubject } from './mutations.ts';

export function logPath(subject: LogSubject): string {
  switch (subject.of) {
    case 'all':
      return '/log';
    case 'case':
      return `${casePath(subject.reference)}/log`;
    case 'resident':
      return `${casePath(subject.reference)}/resident-log`;
  }
}
