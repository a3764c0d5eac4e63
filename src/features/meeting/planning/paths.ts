/** Where a year is planned on the pages. */
import { MEETINGS_PATH } from '../paths.ts';

export const PLAN_PATH = `${MEETINGS_PATH}/plan`;
