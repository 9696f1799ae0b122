import { createRequire } from 'node:module';
import type * as KoffiModule from 'koffi';

/** The foreign function interface, an optional dependency. */
export type Koffi = typeof KoffiModule;

/** Why something cannot be used here, in one sentence that fits a report. */
export interface Unavailable {
  unavailable: string;
}

/** Whether `result` says that something cannot be used here. */
export function isUnavailable(result: object): result is Unavailable {
  return 'unavailable' in result;
}

let loaded: Koffi | Unavailable | undefined;

/**
 * Loads koffi on first use, so that everything that needs no native call works without it. Never throws.
 * `MOS_CONFORMANCE_NO_KOFFI=1` in the environment simulates its absence.
 */
export function loadKoffi(): Koffi | Unavailable {
  if (process.env['MOS_CONFORMANCE_NO_KOFFI'] === '1') {
    return { unavailable: 'koffi is switched off by MOS_CONFORMANCE_NO_KOFFI' };
  }
  loaded ??= requireKoffi();
  return loaded;
}

function requireKoffi(): Koffi | Unavailable {
  try {
    return createRequire(import.meta.url)('koffi') as Koffi;
  } catch (error) {
    const [firstLine = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { unavailable: `the optional package koffi cannot be loaded (${firstLine})` };
  }
}
