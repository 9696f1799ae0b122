import { DEFAULT_TIMES, type TimeName } from '../subject/target.ts';

/** What each time of the run is for. */
export const TIME_MEANINGS: Record<TimeName, string> = {
  connectTime: 'How long an attempt to connect may take.',
  replyTime: 'How long the device may take to answer a request; "at once" in a requirement means within it.',
  releaseTime:
    'How long the device may take to close its end after the newsroom has closed. Neither MOS nor RFC 9293 gives a number; 5 s is far more than a device needs and far less than a person waits.',
  lateTime: 'How long a connection is watched that was not released in time, to tell a late close from none.',
  recoveryTime: 'How long after a test every port may take to serve again before the device counts as lost.',
  idleTime: 'How long an idle connection is kept to see whether the device closes it.',
  churnTime:
    'The most time that one churn takes, 2 s unless given for a device that takes 200 ms or more to answer; the count it reached stands in the result.',
  gridTime:
    'The most time in which new cells of one grid are begun, 5 s unless given for a device that takes 200 ms or more to answer; the cells that say the most come first.',
};

/** The words of reports, suites and the command line: one word for one thing. */
export const WORDS: Readonly<Record<string, string>> = {
  device:
    'The implementation under test: the prompter, graphics, video or automation system that is called over MOS.',
  'device file':
    'A YAML file that describes a device: identity, address, ports, claimed profiles and revision, times, limits, permissions. "mos-conformance init HOST" writes one.',
  parameter:
    'A named time or number of the run, such as releaseTime. The certificate says which are not the defaults.',
  habit:
    'What the opening sanity test finds out about a device without judging it: whether it keeps connections open, how fast it answers, which ports answer. Tests that need a habit the device lacks are not applicable.',
  suite: 'A YAML file about one behaviour.',
  test: 'One test case of a suite; it runs once for each declared port unless it says otherwise.',
  step: 'One verb of a test with its arguments.',
  requirement: 'One duty of a device, with its level and the clause that it comes from.',
  level:
    'How much a requirement weighs: a failed must fails the device, a failed should is a remark, a failed may is a note.',
  connection: 'One named TCP connection of a test; a name may stand for several opened by one step.',
  vantage: 'Where a fact was seen: at our end, or on the host of the device.',
  means:
    'By what a fact was seen: the events of our own descriptor, the socket table of the kernel, and so on.',
  observation: 'A fact with its time: observed by some means, or inferred from other facts.',
  history: 'The ordered record of everything that a test did and saw.',
  verdict: 'none, pass, inconc, fail or error; the worst one of a test wins and its first reason stays.',
  inconc: 'Inconclusive: the harness could not find out. Never the fault of the device.',
  error: 'The harness itself failed. Never the fault of the device.',
  applicability:
    'Whether a test ran at all: selected, not applicable, not selected, not permitted, not run, or waived. It is no verdict.',
  outcome:
    'How a connection ended: clean (FIN within releaseTime), late (FIN after it), reset by device, reset by us (a reply met a newsroom that had closed), never closed, vanished, aborted by us, open, refused, unknown.',
  released:
    "The device's end is gone or in TIME_WAIT, and ours is in TIME_WAIT or gone after LAST_ACK or a reset. What the tests of release assert; it holds whichever side closed first.",
  serving:
    'A new connection, an exchange and a close succeed: the application is alive, not only its kernel.',
  listening: 'A socket of the device is in LISTEN. It says nothing about the application behind it.',
  fault: 'A named defect that explains failures, with a confidence and a remedy.',
  campaign:
    'One run of the selected tests against one device; full, or partial where something was left out.',
  certificate: 'The page about a full campaign.',
  remark: 'A failed should. It does not fail the device, unless --strict is given.',
  tier: 'How long a test takes: quick, standard or soak. A tier includes everything quicker.',
  load: 'The permission to hold more than 5 connections at once or to open more than 10 in a row.',
  disruptive: 'The permission to reset connections and to send what no device should ever get.',
  playout: 'The permission to send what may change the output of a device (roCtrl).',
  sanity: 'The tests before and after all others: the device answers, and the harness sees what it must see.',
};

/** The words about times and numbers of the run, by their names. */
export function parameterText(name: string): string | undefined {
  if (name === 'connections') {
    return 'The most connections that the device may be given at once, all ports together. Default 64. Set with "limits: { connections: 16 }" in the device file or --parameter connections=16; in a suite $connections.';
  }
  if (name === 'messageSize') {
    return 'The size of the largest message that is accepted from the device; a longer one is a finding. Default 64MiB. Set with "limits: { messageSize: 16MiB }" in the device file or --parameter messageSize=16MiB.';
  }
  const meaning = TIME_MEANINGS[name as TimeName] as string | undefined;
  if (meaning === undefined || !Object.hasOwn(DEFAULT_TIMES, name)) return undefined;
  const seconds = `${DEFAULT_TIMES[name as TimeName] / 1_000}s`;
  return `${meaning} Default ${seconds}. Set with "parameters: { ${name}: ${seconds} }" in the device file or --parameter ${name}=${seconds}; in a suite $${name}.`;
}

/** The names of everything that {@link parameterText} knows. */
export const PARAMETER_NAMES: readonly string[] = [
  ...Object.keys(DEFAULT_TIMES),
  'connections',
  'messageSize',
];
