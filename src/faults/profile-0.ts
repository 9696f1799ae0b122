import { family } from './fault.ts';
import { all, code, isMust, isUnanswered, type Fits } from './evidence.ts';
import { HEARTBEATS, MACHINE_INFO } from './scenarios.ts';
import { certain, likely, possible, signatures } from './signature.ts';

/** Faults of what Profile 0 asks of every device: heartbeats and machine information. */
export const PROFILE_0 = family({
  'no-heartbeat': {
    title: 'does not answer heartbeats',
    explanation:
      'A heartbeat gets no reply. The newsroom takes the device to be down, however well it serves everything else, ' +
      'and reconnects in a circle.',
    remedy: 'Answer every heartbeat with a heartbeat, on the same connection, on lower and upper.',
    examples: 'reply',
    requirements: ['MOS-HB-01', 'MOS-HB-02', 'MOS-HB-10'],
  },
  'heartbeat-without-time': {
    title: 'answers heartbeats without a valid time',
    explanation:
      'The time element is missing, empty or no date and time. Newsrooms that compare clocks, or parse strictly, ' +
      'refuse the answer.',
    remedy: 'Write the current time as YYYY-MM-DDThh:mm:ss, with a zone if you can.',
    examples: 'reply',
    requirements: ['MOS-HB-03'],
  },
  'breaks-on-heartbeat-time': {
    title: 'accepts only some of the legal forms of a time',
    explanation:
      'With a zone, an offset or milliseconds in it, the time of a heartbeat makes the device drop the message. It ' +
      'works with one newsroom and not with the next.',
    remedy: 'Accept every form of section 6, and do not let the time decide whether a heartbeat is answered.',
    requirements: ['MOS-HB-11'],
  },
  'no-machine-info': {
    title: 'does not answer reqMachInfo',
    explanation:
      'Without listMachInfo a newsroom does not know which profiles it may use. Some refuse to activate such a device.',
    remedy: 'Answer reqMachInfo with listMachInfo on lower and upper.',
    examples: 'reply',
    requirements: ['MOS-MI-01', 'MOS-MI-02'],
  },
  'machine-info-incomplete': {
    title: 'leaves required elements out of listMachInfo',
    explanation:
      'The DTD wants every element from manufacturer to mosRev and a block of supported profiles, an empty value being ' +
      'allowed. A newsroom that parses strictly refuses the rest.',
    remedy: 'Write every required element, an empty one where there is nothing to say.',
    requirements: ['MOS-MI-03', 'MOS-MI-05', 'MOS-MI-06', 'MOS-MI-14'],
  },
  'machine-info-breaks-dependencies': {
    title: 'claims a profile without those it builds on',
    explanation:
      'Profile 2 builds on 0 and 1; 3 to 7 on 0, 1 and 2; and Profile 0 alone is not a claim. A newsroom cannot rely ' +
      'on such a list.',
    remedy: 'Claim the profiles below as well, which includes serving them, or claim less.',
    requirements: ['MOS-MI-08', 'MOS-MI-07'],
  },
  'machine-info-varies': {
    title: 'claims different profiles at different times or ports',
    explanation:
      'Two answers to the same question contradict each other. What the newsroom believes depends on the port and the ' +
      'moment at which it asked.',
    remedy: 'Build listMachInfo from one place for every port.',
    requirements: ['MOS-MI-13'],
  },
  'machine-info-overclaims': {
    title: 'claims profiles that it does not serve',
    explanation:
      'The device says YES in listMachInfo to a profile whose requests go unanswered or are refused as unknown. The newsroom offers ' +
      'its users functions that do not work.',
    remedy: 'Claim only what is implemented completely, or implement the rest.',
    requirements: ['MOS-ACK-01', 'MOS-CONN-12'],
  },
});

/** The profiles claimed differ from those of the device file. */
const isOtherClaim: Fits = ({ symptom }) =>
  symptom.code === 'contradicts-file' && symptom.field === 'profiles';

/** Something of the message is missing, empty or no valid value. */
const isLacking = code('missing-element', 'empty-value', 'bad-value', 'claim-incomplete');

function isAbout(message: string): Fits {
  return ({ symptom }) => symptom.message === message;
}

/** Signatures of faults of heartbeat and machine information. */
export const PROFILE_0_SIGNATURES = signatures(PROFILE_0, [
  { fault: 'no-heartbeat', find: (evidence) => certain(evidence.failures(isUnanswered, HEARTBEATS)) },
  {
    fault: 'heartbeat-without-time',
    find: (evidence) => certain(evidence.failures(all(isLacking, isAbout('heartbeat')), ['HB-03', 'FRM-12'])),
  },
  {
    fault: 'breaks-on-heartbeat-time',
    find: (evidence) => certain(evidence.failures(isUnanswered, ['HB-11'])),
  },
  {
    fault: 'no-machine-info',
    find: (evidence) => certain(evidence.failures(isUnanswered, MACHINE_INFO)),
  },
  {
    fault: 'machine-info-incomplete',
    find: (evidence) =>
      certain(evidence.failures(all(isLacking, isMust, isAbout('listMachInfo')), ['MI-03', 'FRM-12'])),
  },
  {
    fault: 'machine-info-breaks-dependencies',
    find: (evidence) => {
      const claim = evidence.failures(code('claim-without-base', 'claim-incomplete'), ['MI-07']);
      return claim.length === 0
        ? undefined
        : certain([...claim, ...evidence.failures(isOtherClaim, ['MI-04'])]);
    },
  },
  {
    fault: 'machine-info-varies',
    find: (evidence) => {
      const varying = evidence.failures(code('claim-varies'), ['MI-13']);
      return varying.length === 0
        ? undefined
        : certain([...varying, ...evidence.failures(isOtherClaim, ['MI-04'])]);
    },
  },
  {
    fault: 'machine-info-overclaims',
    find: (evidence) => {
      const refused = evidence.failures(code('refused-as-unknown', 'refused-all', 'no-reply'), [
        'MI-15',
        'MI-16',
        'MI-17',
        'MI-18',
      ]);
      const more = evidence.failures(isOtherClaim, ['MI-04']);
      return refused.length > 0 ? likely([...refused, ...more]) : possible(more);
    },
  },
]);
