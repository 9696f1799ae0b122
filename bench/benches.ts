import type { Bench } from './bench.ts';

/**
 * Everything that is measured, in the order of the table. Each is loaded when it is measured. The looks come before the
 * churn, which leaves its TIME_WAITs in the socket table for a minute.
 */
export const BENCHES: readonly Bench[] = [
  {
    name: 'look',
    measure: async function* (manner) {
      yield* (await import('./look/rows.ts')).lookRows(manner);
    },
  },
  {
    name: 'churn',
    measure: async function* (manner) {
      yield* (await import('./churn.ts')).churnRows(manner);
    },
  },
  {
    name: 'framing',
    measure: async function* (manner) {
      yield* (await import('./framing.ts')).framingRows(manner);
    },
  },
  {
    name: 'heartbeat',
    measure: async function* (manner) {
      yield* (await import('./heartbeat.ts')).heartbeatRows(manner);
    },
  },
  {
    name: 'start-up',
    measure: async function* (manner) {
      yield* (await import('./start-up.ts')).startUpRows(manner);
    },
  },
  {
    name: 'tiers',
    takes: 'minutes',
    measure: async function* (manner) {
      yield* (await import('./tiers/rows.ts')).tierRows(manner);
    },
  },
  {
    name: 'soak',
    takes: 'long',
    measure: async function* (manner) {
      yield* (await import('./soak.ts')).soakRows(manner);
    },
  },
];
