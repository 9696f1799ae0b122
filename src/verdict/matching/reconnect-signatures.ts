import type { AssertionResult, TestResult } from '../../results/results.ts';
import { certain, likely } from './matches.ts';
import type { Signature } from './signatures.ts';
import { failures, type Symptoms } from './symptoms.ts';

/** Tests in which the device has nothing to do but to close after our FIN. */
const PLAIN = ['REL-01', 'REL-02', 'HC-01'];

/** Tests that reconnect after the old connection has ended. */
const AFTER_THE_END = ['RC-01', 'RC-02', 'RC-03', 'RC-06'];

/** Tests that reconnect while the device cannot know that the old connection is over, or while it is not. */
const BESIDE_THE_OLD = ['RC-04', 'RC-05', 'RC-07'];

/** Tests in which somebody else must be served while one connection is in the way. */
const STALLS = ['ST-01', 'ST-02', 'ST-03'];

/** Tests with several connections at once. */
const CROWDED = [
  'CON-02',
  'CON-03',
  'HC-04',
  'RC-05O',
  'CH-02',
  'CH-03N',
  'CH-03H',
  'CH-03A',
  'CH-03M',
  'CH-04',
];

/** Tests that open connections in quick succession. */
const IN_SUCCESSION = ['REL-03', 'REL-06', 'REL-09', 'AB-05', 'AB-06', 'DC-03', 'CH-01'];

/** Tests of framing that a device which does not collect what it reads fails before it can be blamed for collecting. */
const FRAMING = ['FRM-01S', 'FRM-08'];

/** Failed runs of these tests with a failed assertion that fits. */
function failing(
  symptoms: Symptoms,
  ids: readonly string[],
  fits: (assertion: AssertionResult) => boolean,
): TestResult[] {
  return symptoms.failed(ids).filter((test) => failures(test).some(fits));
}

/** The device kept silent. */
function isSilent({ actual }: AssertionResult): boolean {
  return /nothing came|does not accept the connection/.test(actual);
}

/** The device accepted and then turned the NCS away. */
function isTurnedAway({ actual }: AssertionResult): boolean {
  return /(closed|reset) the connection instead of answering|could not be sent/.test(actual);
}

/** The answer came where nobody had asked. */
function isAstray({ actual, expected }: AssertionResult): boolean {
  return actual.startsWith('the answer came on ') || expected.startsWith('no message');
}

function isRelease({ expected }: AssertionResult): boolean {
  return expected.startsWith('released');
}

function isDescriptors({ expected, actual }: AssertionResult): boolean {
  return expected.includes('descriptors') && actual.endsWith('more than before');
}

/** The port refuses connections: then it is no matter of who comes back, or when. */
function isRefused({ actual }: AssertionResult): boolean {
  return actual.includes('ECONNREFUSED');
}

/** The device closed a connection on which nothing had been said, as soon as it was open. */
function isClosedUnasked({ actual }: AssertionResult): boolean {
  return actual.includes('before anything was asked') || /closed it after 0\.0/.test(actual);
}

function everyFailure(symptoms: Symptoms): TestResult[] {
  return symptoms.tests.filter((test) => test.verdict === 'fail');
}

/** Signatures of faults that look like many others, because they spoil or delay whatever comes after the accept. */
export const ACCEPT_SIGNATURES: readonly Signature[] = [
  {
    id: 'fin-after-accept',
    match: (symptoms) => {
      const closed = failing(symptoms, ['SAN-OPEN', 'CON-04'], isClosedUnasked);
      if (closed.length === 0 || symptoms.passes(['CON-01'])) return undefined;
      return certain(everyFailure(symptoms));
    },
  },
  {
    id: 'slow-accept',
    match: (symptoms) => {
      // Connections that were reset at once are in nobody's way any more, unless each takes its time to be accepted.
      const delayed = ['CON-03', 'AB-04'].every((id) => failing(symptoms, [id], isSilent).length > 0);
      if (!delayed || symptoms.fails(['CON-02', 'REL-01', 'RC-01'])) return undefined;
      return likely(symptoms.failed(['AB-04', ...CROWDED, ...IN_SUCCESSION]));
    },
  },
];

/** Signatures of a device that closes first and does it badly: whatever asks it something then shows it. */
export const OWN_CLOSE_SIGNATURES: readonly Signature[] = [
  {
    id: 'does-not-complete-own-close',
    match: (symptoms) => {
      const own = [
        ...failing(symptoms, ['DC-01'], isRelease),
        ...failing(symptoms, ['DC-03'], isDescriptors),
      ];
      if (own.length === 0 || symptoms.fails(PLAIN)) return undefined;
      return likely([...own, ...failing(symptoms, ['REL-09', 'AB-06', 'CH-03A'], isDescriptors)]);
    },
  },
  {
    id: 'blocks-while-own-close-waits',
    match: (symptoms) => {
      const waiting = failing(symptoms, ['DC-02'], isSilent);
      // Behind a connection on which the device has closed nothing yet, everybody is served.
      if (waiting.length === 0 || symptoms.fails(['CON-03', 'ST-01', 'ST-03', 'DC-01'])) return undefined;
      return likely([...waiting, ...failing(symptoms, [...CROWDED, ...BESIDE_THE_OLD, ...STALLS], isSilent)]);
    },
  },
];

/** Signatures of faults that show when the NCS comes back, or beside somebody in the way; asked in this order. */
export const RECONNECT_SIGNATURES: readonly Signature[] = [
  {
    id: 'reply-on-old-connection',
    match: (symptoms) => {
      if (failing(symptoms, ['RC-05'], isAstray).length === 0) return undefined;
      return certain(symptoms.failed([...BESIDE_THE_OLD, ...STALLS, ...CROWDED]));
    },
  },
  {
    id: 'replies-on-wrong-connection',
    match: (symptoms) => {
      if (symptoms.fails(['RC-05'])) return undefined;
      const astray = failing(symptoms, ['RC-05O'], isAstray);
      return astray.length > 0 ? certain(symptoms.failed([...CROWDED, ...IN_SUCCESSION])) : undefined;
    },
  },
  {
    id: 'stale-session-refuses',
    match: (symptoms) => {
      const refused = failing(symptoms, ['RC-04', 'CON-02'], isTurnedAway);
      if (refused.length === 0 || symptoms.fails(['RC-01', 'REL-02'])) return undefined;
      return likely(symptoms.failed(['RC-02', ...BESIDE_THE_OLD, ...STALLS, ...CROWDED, ...IN_SUCCESSION]));
    },
  },
  {
    id: 'refuses-recall',
    match: (symptoms) => {
      const refused = failing(symptoms, ['RC-01'], isTurnedAway);
      const lost = symptoms.fails(['REL-01', 'CON-01', ...BESIDE_THE_OLD]);
      if (refused.length === 0 || lost) return undefined;
      return likely(symptoms.failed([...AFTER_THE_END, ...CROWDED, ...IN_SUCCESSION]));
    },
  },
  {
    id: 'refuses-same-port',
    match: (symptoms) => {
      const refused = failing(symptoms, ['RC-06'], (one) => isTurnedAway(one) || isSilent(one));
      return symptoms.clean(['RC-01', 'RC-03']) ? likely(refused) : undefined;
    },
  },
  {
    id: 'holds-vanished-ncs',
    match: (symptoms) => {
      const held = failing(symptoms, ['RC-07'], (one) => !isRefused(one));
      return symptoms.clean(['RC-03', 'RC-04', 'RC-05', 'CON-02']) ? likely(held) : undefined;
    },
  },
  {
    id: 'leak-after-reset',
    match: (symptoms) => {
      const leaking = failing(symptoms, ['RC-03'], isRelease);
      if (leaking.length === 0 || symptoms.fails(PLAIN)) return undefined;
      return certain([...leaking, ...failing(symptoms, ['CH-03M', 'CH-03A'], () => true)]);
    },
  },
  {
    id: 'one-connection-at-a-time',
    match: (symptoms) => {
      const waiting = failing(symptoms, ['RC-04', 'CON-02'], isSilent);
      const isAlone = symptoms.of(['RC-04']).length === 0 || symptoms.fails(['RC-04']);
      if (waiting.length === 0 || !isAlone || symptoms.fails(['REL-01', 'RC-01'])) return undefined;
      return likely(symptoms.failed(['CON-01', ...BESIDE_THE_OLD, ...STALLS, ...CROWDED, 'DC-02']));
    },
  },
  {
    id: 'blocks-while-idle',
    match: (symptoms) => {
      const waiting = failing(symptoms, ['CON-02', 'RC-05O'], isSilent);
      if (waiting.length === 0 || !symptoms.passes(['RC-04'])) return undefined;
      return likely(symptoms.failed(CROWDED));
    },
  },
  ...stallSignatures(),
  {
    id: 'does-not-dial-again',
    match: (symptoms) => (symptoms.clean(PLAIN) ? likely(symptoms.failed(['RC-08', 'RC-08R'])) : undefined),
  },
];

/** What one connection in the way does to the others, where a quiet one beside them does nothing. */
function stallSignatures(): Signature[] {
  const blocked = (symptoms: Symptoms, id: string): TestResult[] =>
    symptoms.clean(['CON-02', 'RC-04', 'RC-05']) ? failing(symptoms, [id], isSilent) : [];
  return [
    {
      id: 'blocks-while-drip',
      match: (symptoms) => {
        const waiting = blocked(symptoms, 'ST-01');
        return waiting.length > 0
          ? likely([...waiting, ...failing(symptoms, ['ST-02', 'ST-03'], isSilent)])
          : undefined;
      },
    },
    {
      id: 'blocks-while-not-reading',
      match: (symptoms) => (symptoms.clean(['ST-01']) ? likely(blocked(symptoms, 'ST-02')) : undefined),
    },
    {
      id: 'blocks-while-endless',
      match: (symptoms) => (symptoms.clean(['ST-01']) ? likely(blocked(symptoms, 'ST-03')) : undefined),
    },
    {
      id: 'buffers-endless-message',
      match: (symptoms) => {
        const kept = failing(symptoms, ['ST-04'], ({ actual }) => actual.includes('keeps it open'));
        return symptoms.clean(FRAMING) ? likely(kept) : undefined;
      },
    },
  ];
}
