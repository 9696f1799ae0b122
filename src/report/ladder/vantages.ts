import type { Vantage } from '../../history/facts.ts';

/** Both vantages, in the order in which they are drawn. */
export const VANTAGES: readonly Vantage[] = ['ncs', 'device'];

/** Both ends as a reader calls them. */
export const VANTAGE_NAMES: Readonly<Record<Vantage, string>> = { ncs: 'NCS (our end)', device: 'Device' };
