/** Addresses of 改善の約束. */
import { ROLL_CALLS_PATH } from '../paths.ts';

/** What was promised in all roll-calls. */
export const IMPROVEMENTS_PATH = `${ROLL_CALLS_PATH}/improvements`;
