import { randomInt } from 'node:crypto';

/** Where a machine answers on every address of 127.0.0.0/8, without being told to. */
const HAS_MANY: readonly NodeJS.Platform[] = ['linux', 'win32'];

/**
 * A loopback address of one test's own, where the machine has so many: a port on which its device stops listening
 * is not given to the device of another test meanwhile, which would answer in its place.
 */
export function ownAddress(): string {
  if (!HAS_MANY.includes(process.platform)) return '127.0.0.1';
  return `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
}
