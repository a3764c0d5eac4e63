/** Runs before each file of the Worker's tests: they share workers, so nothing may outlive its test. */
import { afterEach } from 'vitest';
import { closeHouse } from './closing.ts';

afterEach(closeHouse);
