import { family } from './fault.ts';
import { all, code, isMust, type Fits } from './evidence.ts';
import { certain, signatures } from './signature.ts';

/** Faults in the form of what the device sends: encoding, markup, spelling, order of elements. */
export const WRITING = family({
  'utf-8-reply': {
    title: 'answers in UTF-8',
    explanation:
      'MOS 2.x sends two bytes for every character. A newsroom that follows it finds no message in a UTF-8 reply: it ' +
      'sees silence, and reports a time-out.',
    remedy:
      'Encode replies as UCS-2 with the high byte first; offer UTF-8 only as an option for the newsrooms that ask for it.',
    examples: 'reply',
    requirements: ['MOS-ENC-01'],
  },
  'little-endian-reply': {
    title: 'answers with the low byte first',
    explanation:
      'The device writes the encoding that Windows and .NET call "Unicode". A newsroom that follows MOS reads Chinese ' +
      'characters instead of tags, finds no message, and reports a time-out.',
    remedy: 'Use the big-endian variant: BigEndianUnicode, UTF-16BE, swap16.',
    examples: 'reply',
    requirements: ['MOS-ENC-01'],
  },
  'bom-reply': {
    title: 'puts a byte order mark before its replies',
    explanation:
      'A writer meant for files adds the mark FE FF. Many newsrooms skip it; others look for a tag at the first byte ' +
      'and find none.',
    remedy: 'Encode strings to bytes without a mark; do not use a text writer on the socket.',
    examples: 'reply',
    requirements: ['MOS-ENC-02'],
  },
  'cut-reply': {
    title: 'ends its reply before the closing tag',
    explanation:
      'The last bytes of a reply are missing: only part of a write was done, or the length was counted in characters ' +
      'instead of bytes. The newsroom waits for the end of a message that never comes.',
    remedy: 'Write until every byte is out, and count bytes, not characters.',
    examples: 'reply',
    requirements: ['MOS-FRM-11', 'MOS-ACK-01'],
  },
  'junk-after-connect': {
    title: 'sends something that is no message right after the connect',
    explanation:
      'A banner, a prompt or a stray byte stands before the first reply. Newsrooms that look for a message at the ' +
      'first byte lose it, and with an odd number of bytes everything behind it.',
    remedy: 'Send nothing but MOS messages on a MOS port.',
    requirements: ['MOS-FRM-11', 'MOS-ENC-01'],
  },
  'malformed-reply': {
    title: 'sends a message that is not well-formed XML',
    explanation:
      'A parser refuses what the device sends: a character that was not escaped, a tag that is not closed. The ' +
      'newsroom drops the message or the whole connection.',
    remedy: 'Write messages with an XML library, or escape the five special characters in every value.',
    examples: 'reply',
    requirements: ['MOS-FRM-11'],
  },
  'misspelt-reply': {
    title: 'writes names or constants with wrong capitals',
    explanation:
      'Names of elements and constants are case sensitive. A newsroom looks for the name as it is defined and finds ' +
      'nothing: the value counts as missing.',
    remedy: 'Spell names and constants exactly as the specification has them.',
    examples: 'reply',
    requirements: ['MOS-FRM-10'],
  },
  'invalid-reply': {
    title: 'sends messages that do not follow the DTD',
    explanation:
      'Required elements are missing or stand in another order, or a constant is not spelled as defined. A newsroom ' +
      'that reads strictly loses the values or the message.',
    remedy: 'Write the elements in the order of the DTD and check what you send against it in your tests.',
    requirements: ['MOS-FRM-12', 'MOS-FRM-10'],
  },
});

/** Signatures of faults in what the device writes. */
export const WRITING_SIGNATURES = signatures(WRITING, [
  {
    // An encoding that the device file declares is a remark and no fault.
    fault: 'utf-8-reply',
    find: (evidence) => certain(evidence.failures(all(finding('utf-8'), isMust), ['ENC-01'])),
  },
  {
    fault: 'little-endian-reply',
    find: (evidence) => certain(evidence.failures(finding('little-endian'), ['ENC-01'])),
  },
  {
    fault: 'bom-reply',
    find: (evidence) => certain(evidence.failures(code('byte-order-mark'), ['ENC-02'])),
  },
  { fault: 'cut-reply', find: (evidence) => certain(evidence.failures(finding('cut-off'), ['FRM-11'])) },
  {
    fault: 'junk-after-connect',
    find: (evidence) => certain(evidence.failures(finding('junk-before-message', 'no-markup'), ['FRM-11'])),
  },
  {
    fault: 'malformed-reply',
    find: (evidence) => certain(evidence.failures(finding('not-well-formed'), ['FRM-11'])),
  },
  {
    // A name in wrong capitals is also missed where it should stand.
    fault: 'misspelt-reply',
    find: (evidence) => {
      const misspelt = evidence.failures(code('misspelt'), ['FRM-10']);
      const missed = code('missing-element', 'claim-incomplete');
      return misspelt.length === 0
        ? undefined
        : certain([...misspelt, ...evidence.failures(missed, ['HB-03', 'MI-03', 'MI-07'])]);
    },
  },
  {
    fault: 'invalid-reply',
    find: (evidence) =>
      certain(
        evidence.failures(code('misplaced-element', 'unexpected-element'), ['FRM-12', 'MI-03', 'ACK-04']),
      ),
  },
]);

function finding(...ids: readonly string[]): Fits {
  return ({ symptom }) => symptom.finding !== undefined && ids.includes(symptom.finding);
}
