import { family } from './fault.ts';
import { any, code, endings, type Fits } from './evidence.ts';
import { CLOSE_OF_ITS_CALL, PLAIN_CLOSES, RESET_OF_ITS_CALL } from './scenarios.ts';
import { certain, likely, signatures } from './signature.ts';

/** Faults of what the device does of its own accord: dialling the newsroom and asking it. */
export const DIALLING = family({
  'does-not-dial-again': {
    title: 'does not dial the newsroom again after its own connection was dropped',
    explanation:
      'The connection that the device opened is gone, and it never opens another one. Status messages stop although ' +
      'everything the newsroom sends is still answered.',
    remedy: 'Dial again before the next message, and after a pause when it fails; forget nothing that waits.',
    requirements: ['SOCK-RC-08', 'MOS-CONN-10'],
  },
  'answers-heartbeat-answer': {
    title: 'answers the answer to its own heartbeat',
    explanation:
      'Every heartbeat is answered, the answers to its own included. With a peer that does the same a loop begins that ' +
      'fills the connection day and night.',
    remedy:
      'Do not answer a heartbeat that comes on the connection you asked on with the messageID you wait for.',
    examples: 'do-not-share-state',
    requirements: ['MOS-HB-04'],
  },
  'repeats-own-message-id': {
    title: 'does not count the messageIDs of its own requests',
    explanation:
      'A new request carries the messageID of an earlier one, or a lower one. The newsroom takes it for a repetition that ' +
      'it has dealt with already, and ignores it.',
    remedy: 'Raise the messageID by one for each new request, and store the last one across restarts.',
    requirements: ['MOS-ENV-05', 'MOS-ENV-04'],
  },
});

const isSameNumber: Fits = ({ symptom }) =>
  symptom.code === 'message-id-not-counting' && symptom.figures.before === symptom.figures.came;

/** Signatures of faults of devices that dial the newsroom. */
export const DIALLING_SIGNATURES = signatures(DIALLING, [
  {
    fault: 'does-not-dial-again',
    find: (evidence) => {
      if (evidence.fails(PLAIN_CLOSES)) return undefined;
      // Whoever holds on to a connection that was closed, or still speaks on it, is not through with it yet.
      const gone = evidence
        .of(CLOSE_OF_ITS_CALL)
        .filter(({ test }) => endings(test, ['never closed', 'late', 'reset by us']) === 0);
      return gone.length === 0 ? undefined : likely([...gone, ...evidence.of(RESET_OF_ITS_CALL)]);
    },
  },
  {
    fault: 'answers-heartbeat-answer',
    find: (evidence) => {
      const answered = evidence.failures(code('answer-answered'), ['DIAL-02', 'HB-12']);
      if (answered.length === 0) return undefined;
      // An answer to an answer that comes late looks like a request that uses a number again, too often and too soon.
      const mistaken = evidence.failures(any(isSameNumber, code('irregular', 'second-request')));
      return certain([...answered, ...mistaken]);
    },
  },
  {
    fault: 'repeats-own-message-id',
    find: (evidence) =>
      certain(
        evidence.failures(code('no-message-id', 'bad-message-id', 'message-id-not-counting'), ['DIAL-01']),
      ),
  },
]);
