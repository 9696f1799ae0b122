import { describeDetection } from './group.ts';
import { RECONNECT_PARAMETERS, RECONNECT_ROWS, rowsOf } from './reconnect-rows.ts';

/** Tests that end with a port that must serve; what no longer listens fails them all. */
const EVERY = [
  ...['RC-01', 'RC-02', 'RC-03', 'RC-04', 'RC-05', 'RC-05O', 'RC-06', 'RC-07'],
  ...['ST-01', 'ST-02', 'ST-03', 'ST-04'],
];

const isDialling = (id: string): boolean => id.startsWith('RC-08');

describeDetection({
  groups: ['CON', 'REL', 'HC', 'RC', 'ST', 'AB'],
  ids: (id) => !isDialling(id),
  named: true,
  closed: true,
  parameters: RECONNECT_PARAMETERS,
  fails: RECONNECT_ROWS,
});

describeDetection({
  groups: ['RC', 'ST'],
  ids: (id) => !isDialling(id),
  parameters: { 'late-close': '2500', 'refuses-after-n': '40' },
  elsewhere: rowsOf((id) => /^(RC|ST)-/.test(id)),
  fails: {
    'close-wait-leak': ['RC-03'],
    'late-close': ['RC-03'],
    'leak-on-one-port': ['RC-03'],
    'listener-dies': EVERY,
    'exits-on-reset': ['RC-03', 'RC-06', 'RC-07', 'ST-02', 'ST-03'],
    'one-read-one-message': ['ST-04?'],
    'spoils-next-connection': ['ST-01', 'ST-02', 'ST-03', 'ST-04'],
  },
});

describeDetection({
  groups: ['RC'],
  ids: isDialling,
  specimen: { dials: true },
  named: true,
  referencePorts: ['lower', 'upper'],
  parameters: { 'late-close': '2500' },
  fails: {
    'does-not-dial-again': ['RC-08', 'RC-08R'],
  },
});

describeDetection({
  groups: ['DC'],
  specimen: { habits: ['closes-after-reply'] },
  named: true,
  closed: true,
  fails: {
    'does-not-complete-own-close': ['DC-03'],
    'blocks-while-own-close-waits': ['DC-02'],
  },
});

describeDetection({
  groups: ['DC'],
  specimen: { habits: ['closes-after-reply'] },
  parameters: { 'late-close': '2500', 'refuses-recall': '1500', 'refuses-after-n': '40' },
  fails: {
    'does-not-complete-own-close': ['DC-03'],
    'blocks-while-own-close-waits': ['DC-02'],
    'listener-dies': ['DC-01', 'DC-02', 'DC-03'],
    'one-connection-at-a-time': ['DC-02'],
    'descriptor-leak-on-close': ['DC-03'],
    'refuses-recall': ['DC-03'],
  },
});
