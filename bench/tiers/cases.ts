import type { DeviceKind } from './campaign.ts';

/** A campaign and what it may take. */
export interface Case {
  tier: 'quick' | 'standard';
  device: string;
  kind: DeviceKind;
  /** s */
  target: number;
  /** What it took before tests waited beside each other; absent where that was not measured. */
  before?: string;
}

/** No device is to keep anybody waiting for longer; in s. */
const MINUTE = 60;

const SOUND = { device: 'sound', kind: {} };
const LEAKS = { device: 'never closes', kind: { fault: 'close-wait-leak' } };
const SLOW = { device: 'answers after 300 ms', kind: { habit: 'slow=300' } };
const CLOSES_LATE = { device: 'closes after 0.8 s', kind: { habit: 'slow-close=800' } };

/** The campaigns that are measured. */
export const CASES: readonly Case[] = [
  { tier: 'quick', ...SOUND, target: 4, before: '8 s' },
  { tier: 'quick', ...LEAKS, target: 45, before: '383 s' },
  { tier: 'quick', ...SLOW, target: MINUTE },
  { tier: 'quick', ...CLOSES_LATE, target: MINUTE },
  { tier: 'standard', ...SOUND, target: 25, before: '65 s' },
  { tier: 'standard', ...LEAKS, target: 75, before: 'more than 600 s, incomplete' },
  { tier: 'standard', ...SLOW, target: 150, before: '510 s' },
  { tier: 'standard', ...CLOSES_LATE, target: 90, before: '345 s' },
];

/** What the rows of a case are called. */
export function nameOf({ tier, device }: Case): string {
  return `${tier} tier, ${device}`;
}

/** The name of the row about the whole of a case. */
export function wholeOf(one: Case): string {
  return `${nameOf(one)}: whole, against its target`;
}
