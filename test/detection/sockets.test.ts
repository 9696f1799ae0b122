import { describeDetection } from './group.ts';

const EVERY_RELEASE = [
  'CON-03',
  'HC-01',
  'HC-03',
  'HC-04',
  'HC-05',
  'HC-06',
  'REL-01',
  'REL-02',
  'REL-03',
  'REL-04',
  'REL-05H',
  'REL-08?',
  'REL-09',
];

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
    'listener-dies': [
      ...EVERY_RESET,
      ...[
        'CON-01',
        'CON-03',
        'HC-01',
        'HC-02',
        'HC-03',
        'HC-04',
        'HC-05',
        'HC-06',
        'REL-01',
        'REL-02',
        'REL-03',
      ],
      ...['REL-04', 'REL-05', 'REL-05H', 'REL-06', 'REL-07', 'REL-08', 'REL-09'],
    ],
    'one-connection-at-a-time': ['CON-02', 'CON-03'],
    'exits-on-reset': EVERY_RESET,
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
