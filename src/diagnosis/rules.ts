import type { FaultName } from '../faults/catalogue.ts';
import type { SocketState } from '../history/facts.ts';

/** What is known of one end: its state, or that it is absent from its table, or that there is no table. */
export type EndState = SocketState | 'absent' | 'unseen';

/** Who has to do something. */
export type Side = 'device' | 'newsroom' | 'path';

/** One pattern of two ends and what it means. The first rule that fits a connection decides. */
export interface Rule {
  id: string;
  ncs: readonly EndState[];
  device: readonly EndState[];
  /** Will not go away by itself; otherwise it may be a moment between two states. */
  stuck: boolean;
  side: Side;
  /** An entry of the fault catalogue, which then has title, explanation and remedy. */
  fault?: FaultName;
  /** How sure the fault is, from these two states alone. */
  confidence?: 'certain' | 'likely' | 'possible';
  title?: string;
  explanation?: string;
  remedy?: string;
}

const NEWSROOM_LEAK = {
  side: 'newsroom',
  title: "the newsroom's side never closes after the device has closed",
  explanation:
    "The device's FIN arrived and the newsroom's application has not closed its socket: the fault of the device in " +
    'reverse. Nothing at the device can end this CLOSE_WAIT.',
  remedy:
    'Have the vendor of the newsroom system close the socket when the device closes; restarting it helps meanwhile.',
} as const;

const PATH_LOSES = {
  side: 'path',
  title: 'one end waits for a packet that the other has sent',
  explanation:
    'Both ends have closed, but the last FIN or its acknowledgement does not arrive. Firewalls that forget a connection ' +
    'after its first FIN do this, and so do addresses that changed.',
  remedy:
    'Look at the firewall between the two; take both tables again after two minutes: the pair should be gone.',
} as const;

const DEVICE_VANISHED = {
  side: 'device',
  title: "the device's side lost the connection without FIN or RST",
  explanation:
    "The newsroom's end is still open (ESTABLISHED, or FIN_WAIT_2 once it has closed) while the device has no such " +
    'connection any more: its host was switched off or restarted, or a firewall on the way forgot the connection. ' +
    'The next message goes into the void.',
  remedy:
    'Close connections on shutdown, exchange heartbeats on idle ones, and set the idle time of the firewall above ' +
    'the interval of the heartbeats.',
} as const;

/** Where the other end may stand while one is in CLOSE_WAIT, without either saying more than that. */
const BESIDE_CLOSE_WAIT: readonly EndState[] = [
  'FIN_WAIT_2',
  'FIN_WAIT_1',
  'absent',
  'unseen',
  'none',
  'ESTABLISHED',
  'TIME_WAIT',
  'LAST_ACK',
  'CLOSING',
];

/** The patterns, the most telling first. */
export const RULES: readonly Rule[] = [
  {
    id: 'contradiction',
    ncs: ['CLOSE_WAIT'],
    device: ['CLOSE_WAIT'],
    stuck: true,
    side: 'path',
    title: 'both ends have received a FIN and neither has sent one',
    explanation:
      'That cannot be on one connection: something between the two (a proxy, a load balancer, a firewall) ended it in ' +
      'both directions, and neither application has closed its socket.',
    remedy: 'Find out what stands between the two; both applications must close when the connection ends.',
  },
  {
    id: 'device-does-not-close',
    ncs: BESIDE_CLOSE_WAIT,
    device: ['CLOSE_WAIT'],
    stuck: true,
    side: 'device',
    fault: 'close-wait-leak',
    confidence: 'likely',
  },
  {
    id: 'newsroom-does-not-close',
    ncs: ['CLOSE_WAIT'],
    device: BESIDE_CLOSE_WAIT,
    stuck: true,
    ...NEWSROOM_LEAK,
  },
  {
    id: 'device-seems-not-to-close',
    ncs: ['FIN_WAIT_2'],
    device: ['unseen'],
    stuck: true,
    side: 'device',
    fault: 'close-wait-leak',
    confidence: 'likely',
  },
  {
    id: 'newsroom-seems-not-to-close',
    ncs: ['unseen'],
    device: ['FIN_WAIT_2'],
    stuck: true,
    ...NEWSROOM_LEAK,
  },
  { id: 'fin-lost', ncs: ['FIN_WAIT_2'], device: ['LAST_ACK', 'TIME_WAIT'], stuck: true, ...PATH_LOSES },
  { id: 'fin-lost', ncs: ['LAST_ACK', 'TIME_WAIT'], device: ['FIN_WAIT_2'], stuck: true, ...PATH_LOSES },
  {
    id: 'device-vanished',
    ncs: ['FIN_WAIT_2'],
    device: ['absent', 'none'],
    stuck: true,
    ...DEVICE_VANISHED,
  },
  {
    // A connection may have been opened between the two tables.
    id: 'device-vanished',
    ncs: ['ESTABLISHED'],
    device: ['absent', 'none'],
    stuck: false,
    ...DEVICE_VANISHED,
  },
  {
    id: 'newsroom-vanished',
    ncs: ['absent', 'none'],
    device: ['FIN_WAIT_2'],
    stuck: true,
    side: 'device',
    fault: 'holds-vanished-ncs',
    confidence: 'possible',
  },
  {
    id: 'newsroom-vanished',
    ncs: ['absent', 'none'],
    device: ['ESTABLISHED'],
    stuck: false,
    side: 'device',
    fault: 'holds-vanished-ncs',
    confidence: 'possible',
  },
  {
    id: 'not-accepted',
    ncs: ['SYN_SENT'],
    device: ['absent', 'unseen', 'none', 'SYN_RECV'],
    stuck: false,
    side: 'device',
    fault: 'does-not-accept',
    confidence: 'possible',
  },
  {
    id: 'closing',
    ncs: ['FIN_WAIT_1', 'LAST_ACK', 'CLOSING'],
    device: [
      'absent',
      'unseen',
      'none',
      'ESTABLISHED',
      'FIN_WAIT_1',
      'FIN_WAIT_2',
      'LAST_ACK',
      'CLOSING',
      'TIME_WAIT',
    ],
    stuck: false,
    ...PATH_LOSES,
  },
  {
    id: 'closing',
    ncs: ['absent', 'unseen', 'none', 'ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'TIME_WAIT'],
    device: ['FIN_WAIT_1', 'LAST_ACK', 'CLOSING'],
    stuck: false,
    ...PATH_LOSES,
  },
];

/** Pairs in which nothing is wrong: connected, or released properly. */
const SOUND: readonly (readonly [readonly EndState[], readonly EndState[]])[] = [
  [['ESTABLISHED'], ['ESTABLISHED', 'unseen']],
  [['ESTABLISHED', 'unseen'], ['ESTABLISHED']],
  [
    ['TIME_WAIT', 'none'],
    ['absent', 'unseen', 'none', 'TIME_WAIT'],
  ],
  [
    ['absent', 'unseen', 'none', 'TIME_WAIT'],
    ['TIME_WAIT', 'none'],
  ],
];

/** For pairs that no rule knows: the ends contradict each other. */
export const CONTRADICTION: Rule = {
  id: 'contradiction',
  ncs: [],
  device: [],
  stuck: false,
  side: 'path',
  title: 'the two ends contradict each other',
  explanation:
    'No single connection can be in these two states for longer than a moment: the tables were taken at different ' +
    'times, or something between the two answers for one of them.',
  remedy: 'Take both tables at the same moment; if it stays, find out what stands between the two.',
};

/** The rule that fits these two ends, `sound` where nothing is wrong, `unknown` where a word was not understood. */
export function judgePair(ncs: EndState, device: EndState): Rule | 'sound' | 'unknown' {
  if (ncs === 'UNKNOWN' || device === 'UNKNOWN') return 'unknown';
  const rule = RULES.find((one) => one.ncs.includes(ncs) && one.device.includes(device));
  if (rule) return rule;
  const sound = SOUND.some(([here, there]) => here.includes(ncs) && there.includes(device));
  return sound ? 'sound' : CONTRADICTION;
}
