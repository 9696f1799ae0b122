/** Correct but unusual devices, and the remarks that they earn: for tests that no fault of the device fails. */
export const HABIT_ROWS: Readonly<Record<string, readonly string[]>> = {
  'closes-idle=150': ['CON-04?', 'LANE-04?'],
  'closes-after-reply': ['LANE-04?'],
  'closes-on-unknown': ['FRM-14K?'],
  'drops-older-connection': ['CON-02O?'],
};
