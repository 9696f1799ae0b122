import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A file below the temporary folder that holds a number nobody can guess. Where that number comes back from a device,
 * the device has read the file.
 */
export class Canary {
  /** The content of the file: nine digits, so that it may stand where a messageID stands. */
  readonly text = String(randomInt(100_000_000, 1_000_000_000));
  /** The file as a URL. */
  readonly url: string;
  readonly #folder: string;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'mos-conformance-'));
    const path = join(this.#folder, 'canary.txt');
    writeFileSync(path, this.text, { mode: 0o644 });
    this.url = pathToFileURL(path).href;
  }

  /** Deletes the file and its folder. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Whether a device at this address can read the files of this machine: it is one of the machine's own addresses. */
export function isOwnAddress(address: string): boolean {
  if (/^127\.|^::1$/.test(address)) return true;
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return own.some((one) => one.address === address.replace(/%.*$/, ''));
}
