/** Where 会議体 are kept on the pages. */
import { MEETINGS_PATH } from '../paths.ts';

export const KINDS_PATH = `${MEETINGS_PATH}/kinds`;
