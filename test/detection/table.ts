/** One line of the detection table: a fault and the tests that it, and nothing else, fails. */
export interface Row {
  /** A fault of the reference device, with its parameter where the default does not suit a quick test. */
  fault: string;
  /** Tests that fail; a `?` marks a remark. */
  fails: readonly string[];
  /** What the fault is named after the tests have run. */
  named: readonly string[];
}

const EVERY_RELEASE = [
  'CON-03',
  'HC-01',
  'HC-03',
  'HC-04',
  'HC-05',
  'REL-01',
  'REL-02',
  'REL-03',
  'REL-04',
  'REL-05H',
  'REL-08?',
  'REL-09',
];

/** Faults of sockets, on the upper port. */
export const SOCKET_FAULTS: readonly Row[] = [
  { fault: 'close-wait-leak', fails: EVERY_RELEASE, named: ['close-wait-leak'] },
  { fault: 'late-close=2500', fails: EVERY_RELEASE, named: ['late-close'] },
  { fault: 'reset-instead-of-fin', fails: ['REL-07?'], named: ['reset-instead-of-fin'] },
  { fault: 'leak-every-nth', fails: ['CON-03', 'HC-04', 'REL-09'], named: ['leak-every-nth'] },
  { fault: 'leak-on-cut-message', fails: ['HC-03', 'REL-04'], named: ['leak-on-cut-message'] },
  {
    fault: 'listener-dies',
    fails: [
      'AB-01',
      'AB-02',
      'AB-03',
      'AB-04',
      'AB-05',
      'AB-06',
      'CON-01',
      'CON-03',
      'HC-01',
      'HC-02',
      'HC-03',
      'HC-04',
      'HC-05',
      'REL-01',
      'REL-02',
      'REL-03',
      'REL-04',
      'REL-05',
      'REL-05H',
      'REL-06',
      'REL-07',
      'REL-08',
      'REL-09',
    ],
    named: ['listener-dies'],
  },
  { fault: 'one-connection-at-a-time', fails: ['CON-02', 'CON-03'], named: ['one-connection-at-a-time'] },
  {
    fault: 'exits-on-reset',
    fails: ['AB-01', 'AB-02', 'AB-03', 'AB-04', 'AB-05', 'AB-06'],
    named: ['exits-on-reset'],
  },
  { fault: 'descriptor-leak-on-reset', fails: ['AB-06'], named: ['descriptor-leak-on-reset'] },
  { fault: 'drops-reply-on-half-close', fails: ['HC-02?'], named: ['drops-reply-on-half-close'] },
  {
    fault: 'hangs-on-half-close',
    fails: ['HC-02?', 'HC-05', 'REL-05', 'REL-05H', 'REL-06'],
    named: ['hangs-on-half-close'],
  },
  { fault: 'misses-fin-with-data', fails: ['HC-05', 'REL-05H'], named: ['misses-fin-with-data'] },
  { fault: 'refuses-after-n=40', fails: ['AB-05', 'AB-06', 'REL-09'], named: ['refuses-after-n'] },
];
