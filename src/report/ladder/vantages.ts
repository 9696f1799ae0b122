import type { Vantage } from '../../history/facts.ts';

/** Both ends as a reader calls them. */
export const VANTAGE_NAMES: Readonly<Record<Vantage, string>> = { ncs: 'NCS (our end)', device: 'Device' };
