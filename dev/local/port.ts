/** Port numbers from the environment. */
import { StartError } from './start-error.ts';

/** @throws {StartError} naming the setting when it is no port number */
export function readPort(setting: string, otherwise: number): number {
  const text = process.env[setting];
  if (!text) return otherwise;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartError(`${setting} は1から65535までの数で指定してください。`);
  return port;
}
