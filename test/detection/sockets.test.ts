import { describeDetection } from './group.ts';

/** Tests of release that a device fails which leaks, or which is gone after the first connection. */
const ENDINGS = [
  ...['CON-03', 'HC-01', 'HC-03', 'HC-04', 'HC-05', 'HC-06'],
  ...['REL-01', 'REL-02', 'REL-03', 'REL-04', 'REL-05H', 'REL-09', 'REL-10', 'REL-11', 'REL-12'],
];

const EVERY_RELEASE = [...ENDINGS, 'REL-08?'];

const EVERY_RESET = ['AB-01', 'AB-02', 'AB-03', 'AB-04', 'AB-05', 'AB-06'];

describeDetection({
  groups: ['CON', 'REL', 'HC', 'AB'],
  named: true,
  ports: { 'leak-on-one-port': ['lower', 'upper'] },
  parameters: { 'late-close': '2500', 'refuses-after-n': '40' },
  fails: {
    'close-wait-leak': EVERY_RELEASE,
    'late-close': EVERY_RELEASE,
    'leak-on-one-port': EVERY_RELEASE,
    'reset-instead-of-fin': ['REL-07?'],
    'leak-every-nth': ['CON-03', 'HC-04', 'REL-09'],
    'leak-on-cut-message': ['HC-03', 'REL-04'],
    'leak-after-many-messages': ['REL-10'],
    'leak-after-silence': ['REL-11'],
    'leak-after-unknown-message': ['REL-12'],
    'listener-dies': [
      ...EVERY_RESET,
      ...ENDINGS,
      ...['CON-01', 'HC-02', 'REL-05', 'REL-06', 'REL-07', 'REL-08'],
    ],
    'one-connection-at-a-time': ['CON-02', 'CON-03'],
    'exits-on-reset': [...EVERY_RESET, 'REL-06'],
    'descriptor-leak-on-reset': ['AB-06'],
    'descriptor-leak-on-close': ['REL-09'],
    'drops-reply-on-half-close': ['HC-02?'],
    'hangs-on-half-close': ['HC-02?', 'HC-05', 'HC-06', 'REL-05', 'REL-05H', 'REL-06'],
    'misses-fin-with-data': ['HC-05', 'REL-05H'],
    'refuses-after-n': ['AB-05', 'AB-06', 'REL-09'],
    'spoils-next-connection': ['AB-02', 'HC-03', 'REL-04'],
  },
  byHabit: { 'closes-idle=150': ['CON-04?'] },
});
