/** Port numbers from the environment. */
import { StartError } from './start-error.ts';

/** @throws {StartError} when PORT is no port number */
export function readPort(text: string | undefined, otherwise: number): number {
  if (!text) return otherwise;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartError('PORT は1から65535までの数で指定してください。');
  return port;
}
