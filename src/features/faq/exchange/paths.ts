/** Where entries are taken in and written out. */
import { DESK_PATH } from '../paths.ts';

export const EXCHANGE_PATH = `${DESK_PATH}/exchange`;
