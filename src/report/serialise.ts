import { createHash } from 'node:crypto';
import type { Results } from '../results/results.ts';

/** The text of results.json, the same for the same results. */
export function serialiseResults(results: Results): string {
  return `${JSON.stringify(results, null, 2)}\n`;
}

/** The SHA-256 of results.json in hexadecimal: by it a signed page names the record that it stands for. */
export function fingerprint(results: Results): string {
  return createHash('sha256').update(serialiseResults(results)).digest('hex');
}
