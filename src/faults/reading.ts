import { family } from './fault.ts';
import { isMisread } from './evidence.ts';
import { certain, signatures } from './signature.ts';

/** Faults of understanding what stands in a message. */
export const READING = family({
  'breaks-on-unknown-tag': {
    title: 'does not process a message that contains a tag it does not know',
    explanation:
      'Newsrooms add tags of their own, and later revisions add standard ones. The device refuses or drops the whole ' +
      'message instead of ignoring what it does not know.',
    remedy: 'Ignore unknown elements with everything in them, and do not validate strictly on input.',
    requirements: ['MOS-FRM-13'],
  },
  'breaks-on-empty-element': {
    title: 'understands an empty element in one of its two forms only',
    explanation:
      'XML writes an empty element as one tag or as a start tag directly followed by its end tag. Both mean the same, ' +
      'and which of them comes depends on the newsroom.',
    remedy: 'Read messages with an XML parser instead of patterns.',
    requirements: ['MOS-FRM-16'],
  },
  'breaks-on-references': {
    title: 'does not decode character references and entities',
    explanation:
      'An ampersand in a title must be written as an entity, and any character may be written by its number. The device ' +
      'looks at the text as it stands and drops the message or compares the wrong thing.',
    remedy: 'Read messages with an XML parser instead of patterns.',
    requirements: ['MOS-ENC-05'],
  },
  'breaks-on-non-ascii': {
    title: 'does not process a message with characters beyond ASCII',
    explanation:
      'Text of another language than English makes the device drop the whole message, even where it stands in a tag ' +
      'that the device does not know.',
    remedy: 'Decode the two bytes of every character; do not pass text through an eight-bit code page.',
    examples: 'framing',
    requirements: ['MOS-FRM-13', 'MOS-ENC-03'],
  },
});

/** Signatures of faults in how the device reads the content of a message. */
export const READING_SIGNATURES = signatures(READING, [
  { fault: 'breaks-on-unknown-tag', find: (evidence) => certain(evidence.failures(isMisread, ['FRM-13'])) },
  { fault: 'breaks-on-empty-element', find: (evidence) => certain(evidence.failures(isMisread, ['FRM-16'])) },
  {
    fault: 'breaks-on-references',
    find: (evidence) => certain(evidence.failures(isMisread, ['ENC-05', 'ENC-05E'])),
  },
  { fault: 'breaks-on-non-ascii', find: (evidence) => certain(evidence.failures(isMisread, ['ENC-03'])) },
]);
