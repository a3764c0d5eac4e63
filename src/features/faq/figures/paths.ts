/** Where the figures of the FAQ stand. */
import { FAQ_PATH } from '../paths.ts';

export const FIGURES_PATH = `${FAQ_PATH}/figures`;
