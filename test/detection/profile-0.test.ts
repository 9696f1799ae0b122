import { describeDetection } from './group.ts';

/** Half-closed connections that the device does not release. */
const HALF_CLOSED = ['LANE-21', 'LANE-22', 'LANE-23', 'LANE-24', 'LANE-25'];

/** Tests after which the upper port has to accept again although a connection to it has ended. */
const CALLS_AGAIN = [
  ...['HB-01', 'LANE-15?', ...HALF_CLOSED],
  ...[
    'ROB-01',
    'ROB-02',
    'ROB-03',
    'ROB-06',
    'ROB-07',
    'ROB-08',
    'ROB-10',
    'ROB-11',
    'ROB-12',
    'ROB-13',
    'ROB-14',
  ],
];

/** Faults that only the tests of a port show that the upper one does not have. */
const BELOW = ['lower'] as const;
const BOTH = ['lower', 'upper'] as const;

const isDialTest = (id: string): boolean => id.startsWith('DIAL-');

describeDetection({
  groups: ['ENV', 'P0', 'LANE', 'ROB'],
  ids: (id) => !isDialTest(id),
  parameters: { 'late-close': '2500', 'refuses-recall': '1000', 'stops-reading-after-n': '5' },
  ports: {
    'no-heartbeat': BOTH,
    'no-machine-info': BOTH,
    'machine-info-varies': BOTH,
    'wrong-reply-type': BELOW,
    'incomplete-ack': BELOW,
    'disturbed-by-stray-messages': BOTH,
    'machine-info-overclaims': BOTH,
  },
  fails: {
    'close-wait-leak': [...HALF_CLOSED, 'ROB-01'],
    'late-close': [...HALF_CLOSED, 'ROB-01'],
    'leak-on-one-port': [...HALF_CLOSED, 'ROB-01'],
    'leak-on-cut-message': ['LANE-22', 'ROB-01'],
    'leak-after-malformed': ['ROB-01'],
    'hangs-on-half-close': ['LANE-23', 'LANE-24'],
    'misses-fin-with-data': ['LANE-23', 'LANE-24'],
    'answers-half-close-then-leaks': ['LANE-23', 'LANE-24'],
    'listener-dies': CALLS_AGAIN,
    'one-connection-at-a-time': ['LANE-08', 'LANE-09?'],
    'stale-session-refuses': ['LANE-08', 'LANE-09?'],
    'blocks-while-idle': ['LANE-08'],
    'reply-on-old-connection': ['LANE-08?', 'LANE-09?'],
    'replies-on-wrong-connection': ['LANE-08?'],
    'stops-reading-after-n': ['ACK-01', 'HB-08'],
    'no-heartbeat': ['HB-01', 'HB-02'],
    'heartbeat-without-time': ['HB-03'],
    'breaks-on-heartbeat-time': ['HB-11'],
    'wrong-message-id': ['ENV-06'],
    'no-message-id': ['ENV-06'],
    'needs-message-id': ['ENV-08?'],
    'wrong-mos-id': ['ENV-01'],
    'swapped-ids': ['ENV-01'],
    'envelope-out-of-order': ['ENV-02?'],
    'several-messages': ['ENV-03'],
    'duplicate-reply': ['HB-08', 'MI-12'],
    'wrong-reply-type': ['ACK-04'],
    'incomplete-ack': ['ACK-04'],
    'no-machine-info': ['MI-01', 'MI-02'],
    'machine-info-incomplete': ['MI-03'],
    'invalid-reply': ['MI-03'],
    'misspelt-reply': ['MI-03?'],
    'machine-info-overclaims': ['MI-04?', 'MI-15?', 'MI-16?'],
    'machine-info-breaks-dependencies': ['MI-04?', 'MI-07'],
    'machine-info-varies': ['MI-04?', 'MI-13?'],
    'expects-handshake': ['LANE-13', 'MI-01'],
    'one-newsroom-at-a-time': ['LANE-09?'],
    'spoils-next-connection': ['LANE-11', 'LANE-15?', 'LANE-22', 'ROB-01', 'ROB-03', 'ROB-10'],
    'second-lane-blocked': ['LANE-11'],
    'crashes-on-malformed': ['ROB-01', 'ROB-02'],
    'deaf-after-malformed': ['ROB-02?'],
    'expands-entities': ['ROB-11?', 'ROB-12?'],
    'swallows-unknown-and-stops': ['ROB-06?'],
    'disturbed-by-wrong-ids': ['ROB-07'],
    'disturbed-by-odd-message-id': ['ENV-07?', 'ROB-08'],
    'disturbed-by-stray-messages': ['ROB-05?', 'ROB-06?', 'ROB-13?', 'ROB-14?'],
    'acknowledges-acknowledgements': ['ROB-13?', 'ROB-14?'],
  },
  byHabit: { 'closes-after-reply': ['LANE-04?'] },
});

describeDetection({
  groups: ['ENV', 'P0', 'LANE'],
  ids: isDialTest,
  specimen: { dials: true },
  referencePorts: ['lower', 'upper'],
  ports: { 'acknowledges-acknowledgements': BOTH },
  fails: {
    'answers-heartbeat-answer': ['DIAL-02?'],
    'repeats-own-message-id': ['DIAL-01'],
    'acknowledges-acknowledgements': ['DIAL-03', 'DIAL-04'],
    'second-lane-blocked': ['DIAL-05'],
  },
});
