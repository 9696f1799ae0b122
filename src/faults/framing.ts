import { family } from './fault.ts';
import { all, code, isDead, isMisread, isUnanswered, not, type Evidence, type Fits } from './evidence.ts';
import { certain, signatures, type Signature } from './signature.ts';

/** Faults of finding the messages in a stream of bytes. */
export const FRAMING = family({
  'one-read-one-message': {
    title: 'takes each read for one whole message',
    explanation:
      'What one read returns is parsed as if it were a message. It works while messages are small and alone in their ' +
      'segment; a message that is split or a long running order is lost.',
    remedy: 'Collect bytes per connection and cut them at the closing mos tag.',
    examples: 'framing',
    requirements: ['MOS-FRM-01', 'MOS-FRM-08'],
  },
  'first-message-only': {
    title: 'handles only the first message of a segment',
    explanation:
      'When an acknowledgement and the next request arrive together, the device takes the first message and throws ' +
      'the rest of the buffer away. The newsroom waits for a reply that never comes.',
    remedy: 'After a message go on with what is left in the buffer, until it holds no complete one.',
    examples: 'framing',
    requirements: ['MOS-FRM-02'],
  },
  'odd-offset-breaks': {
    title: 'breaks when a message is split in the middle of a character',
    explanation:
      'Each chunk is decoded on its own. If it has an odd number of bytes, a character is lost and everything behind ' +
      'it is shifted by one byte: the message is garbage, and so is every later one on that connection.',
    remedy:
      'Keep an odd byte for the next chunk: use a decoder that carries state, or decode whole messages.',
    examples: 'framing',
    requirements: ['MOS-FRM-01'],
  },
  'loses-cut-tag': {
    title: 'loses a message whose tag is cut by the end of a segment',
    explanation:
      'The opening or closing mos tag is searched for in each chunk alone, so one that is spread over two chunks is ' +
      'never found. It fails only at certain lengths, and then always.',
    remedy: 'Search in what has been collected, not in the chunk that has just arrived.',
    examples: 'framing',
    requirements: ['MOS-FRM-01'],
  },
  'breaks-on-white-space': {
    title: 'is disturbed by white space outside or between elements',
    explanation:
      'Line breaks before a message or indentation inside it keep the device from finding the message or its elements. ' +
      'Some newsrooms send pretty-printed messages.',
    remedy: 'Skip white space before the root, and let an XML parser read the rest.',
    examples: 'framing',
    requirements: ['MOS-FRM-04', 'MOS-FRM-03'],
  },
  'breaks-on-root-attributes': {
    title: 'recognises a mos element only in its barest form',
    explanation:
      'The device looks for the literal text of a bare opening tag, or only at the very beginning. Newsrooms that write ' +
      'the version attribute, or an XML declaration, get no answer at all; the tests below say which of the two.',
    remedy: 'Recognise the opening tag up to white space or its end, and skip a declaration.',
    examples: 'framing',
    requirements: ['MOS-FRM-06', 'MOS-FRM-07'],
  },
  'breaks-on-nested-root': {
    title: 'ends a message at a mos tag inside a payload',
    explanation:
      'A payload may contain a whole mos document. The device takes its closing tag for the end of the message, parses ' +
      'a fragment, and finds the rest in front of the next message.',
    remedy: 'Count opening and closing mos tags, and end the message where they balance.',
    examples: 'framing',
    requirements: ['MOS-FRM-05'],
  },
  'crashes-on-nested-root': {
    title: 'ends when a message holds a mos tag inside a payload',
    explanation:
      'A payload may contain a whole mos document. The parser of the device meets a second root where it takes a ' +
      'message to have one, and the error ends the process: one legal message takes the device away from everybody.',
    remedy:
      'Count opening and closing mos tags, end the message where they balance, and let no error of parsing leave the ' +
      'code that serves the connection.',
    examples: 'framing',
    requirements: ['MOS-FRM-05'],
  },
  'breaks-on-large-message': {
    title: 'does not take a large message',
    explanation:
      'A buffer of fixed size or a short time limit cuts a big message off. Everyday running orders work; the election ' +
      'night does not.',
    remedy: 'Let the buffer grow to a limit of some tens of megabytes.',
    examples: 'framing',
    requirements: ['MOS-FRM-08'],
  },
  'stuck-on-full-buffer': {
    title: 'waits for more when a message just fills its buffer',
    explanation:
      'The device reads on for as long as a read fills its buffer. A message of exactly that length, or of a multiple of ' +
      'it, is followed by a read that never returns: there is no answer, until something else comes or for good. It ' +
      'happens to one message in a few thousand, and nobody can say why.',
    remedy:
      'Look for the end of a message after every read; a read that fills the buffer says nothing of whether more comes.',
    examples: 'framing',
    requirements: ['MOS-FRM-01'],
  },
  'breaks-on-surrogates': {
    title: 'loses the bounds of messages behind a character outside the basic plane',
    explanation:
      'A character such as an emoji takes four bytes. The device counts it as two, and from then on finds no message on ' +
      'that connection.',
    remedy: 'Find the end of a message in the bytes or in 16-bit units, not by counting characters.',
    examples: 'framing',
    requirements: ['MOS-ENC-04'],
  },
});

/** The one place where a split message is lost is told apart by those where it is not. */
const BETWEEN = 'FRM-01S';
const INSIDE_CHARACTERS = 'FRM-01C';
const INSIDE_TAGS = 'FRM-01T';
const EVERYWHERE = 'FRM-01B';
/** White space between elements and between messages. */
const WHITE_SPACE = ['FRM-03', 'FRM-04', 'DIA-02'];

/** Messages that just fill a buffer; they are brought to their length by blanks. */
const FULL_BUFFERS = ['FRM-17'];

/** Messages that stop in the middle for a while. */
const PAUSES = ['GRID-11', 'GRID-12', 'GRID-13'];

const SPLITS = [BETWEEN, INSIDE_CHARACTERS, INSIDE_TAGS, EVERYWHERE];

/** A device that loses split messages loses the first of them; one that stops later does so for another reason. */
const FIRST = 10;

const isFromTheStart: Fits = ({ assertion: { symptom } }) =>
  symptom?.code === 'lost-when-split' && symptom.figures.answered < FIRST;

/** Inside a root tag, places between characters are tried first; in UCS-2 their offsets are even. */
const isBetweenCharacters: Fits = ({ assertion: { symptom } }) =>
  symptom?.code === 'lost-when-split' && symptom.figures.offset % 2 === 0;

/** Nothing of the wire passed: what is wrong is no matter of the wire. */
function servesNothing({ tests }: Evidence): boolean {
  const own = tests.filter(({ group }) => group === 'WIRE');
  return own.length > HOPELESS && own.every(({ verdict }) => verdict !== 'pass');
}

const HOPELESS = 5;

/** A fault that these tests alone show. */
function shown<Name extends keyof typeof FRAMING>(fault: Name, ids: readonly string[]): Signature<Name> {
  return {
    fault,
    find: (evidence) => (servesNothing(evidence) ? undefined : certain(evidence.failures(isMisread, ids))),
  };
}

/** Signatures of faults between bytes and messages. */
export const FRAMING_SIGNATURES = signatures(FRAMING, [
  {
    fault: 'one-read-one-message',
    find: (evidence) => {
      const everywhere = [BETWEEN, INSIDE_CHARACTERS].every((id) => evidence.shows([id], isFromTheStart));
      if (!everywhere || servesNothing(evidence)) return undefined;
      return certain([
        ...evidence.failures(isMisread, [...SPLITS, ...FULL_BUFFERS, 'FRM-02', 'FRM-08']),
        ...evidence.failures(isUnanswered, PAUSES),
      ]);
    },
  },
  {
    fault: 'odd-offset-breaks',
    find: (evidence) => {
      if (!evidence.shows([INSIDE_CHARACTERS], isFromTheStart) || evidence.fails([BETWEEN])) return undefined;
      const ofTags: Fits = (one) => one.test.id === INSIDE_TAGS && isBetweenCharacters(one);
      return certain(evidence.failures(all(isMisread, not(ofTags)), SPLITS));
    },
  },
  {
    fault: 'loses-cut-tag',
    find: (evidence) => {
      if (evidence.fails([BETWEEN])) return undefined;
      return evidence.fails([INSIDE_CHARACTERS])
        ? certain(evidence.failures(isBetweenCharacters, [INSIDE_TAGS]))
        : certain(evidence.failures(isMisread, [INSIDE_TAGS, EVERYWHERE]));
    },
  },
  {
    fault: 'first-message-only',
    find: (evidence) =>
      evidence.fails(SPLITS) || servesNothing(evidence)
        ? undefined
        : certain(evidence.failures(all(isMisread, not(code('out-of-order'))), ['FRM-02'])),
  },
  {
    fault: 'crashes-on-nested-root',
    find: (evidence) =>
      evidence.shows(['FRM-05'], isDead) ? certain(evidence.of(['FRM-05', 'FRM-05C'])) : undefined,
  },
  {
    fault: 'breaks-on-white-space',
    find: (evidence) => {
      if (servesNothing(evidence) || !evidence.shows(WHITE_SPACE, isMisread)) return undefined;
      return certain(evidence.failures(isMisread, [...WHITE_SPACE, ...FULL_BUFFERS]));
    },
  },
  shown('breaks-on-root-attributes', ['FRM-06', 'FRM-07']),
  shown('breaks-on-nested-root', ['FRM-05', 'FRM-05C']),
  shown('breaks-on-large-message', ['FRM-08']),
  shown('stuck-on-full-buffer', FULL_BUFFERS),
  shown('breaks-on-surrogates', ['ENC-04']),
]);
