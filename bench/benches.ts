import type { Bench } from './bench.ts';

/** A bench of which nothing is loaded until it is measured. */
function lazily(name: string, load: () => Promise<Bench['measure']>, takes?: Bench['takes']): Bench {
  return {
    name,
    ...(takes && { takes }),
    measure: async function* (manner) {
      yield* (await load())(manner);
    },
  };
}

/**
 * Everything that is measured, in the order of the table. Each is loaded when it is measured. The looks come before the
 * churn, which leaves its TIME_WAITs in the socket table for a minute.
 */
export const BENCHES: readonly Bench[] = [
  lazily('look', async () => (await import('./look/rows.ts')).lookRows),
  lazily('churn', async () => (await import('./churn.ts')).churnRows),
  lazily('framing', async () => (await import('./framing.ts')).framingRows),
  lazily('heartbeat', async () => (await import('./heartbeat.ts')).heartbeatRows),
  lazily('start-up', async () => (await import('./start-up.ts')).startUpRows),
  lazily('tiers', async () => (await import('./tiers/rows.ts')).tierRows, 'minutes'),
  lazily('soak', async () => (await import('./soak.ts')).soakRows, 'long'),
];
