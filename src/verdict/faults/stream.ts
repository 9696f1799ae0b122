import type { FaultEntry } from './fault.ts';

/** Faults between bytes and messages: framing, encoding, form. */
export const STREAM_FAULTS: readonly FaultEntry[] = [
  {
    id: 'one-read-one-message',
    title: 'takes each read for one whole message',
    explanation:
      'What one read returns is parsed as if it were a message. It works while messages are small and alone in their ' +
      'segment; a message that is split or a long running order is lost.',
    remedy: 'Collect bytes per connection and cut them at the closing mos tag.',
    examples: 'framing',
    requirements: ['MOS-FRM-01', 'MOS-FRM-08'],
  },
  {
    id: 'first-message-only',
    title: 'handles only the first message of a segment',
    explanation:
      'When an acknowledgement and the next request arrive together, the device takes the first message and throws ' +
      'the rest of the buffer away. The newsroom waits for a reply that never comes.',
    remedy: 'After a message go on with what is left in the buffer, until it holds no complete one.',
    examples: 'framing',
    requirements: ['MOS-FRM-02'],
  },
  {
    id: 'odd-offset-breaks',
    title: 'breaks when a message is split in the middle of a character',
    explanation:
      'Each chunk is decoded on its own. If it has an odd number of bytes, a character is lost and everything behind ' +
      'it is shifted by one byte: the message is garbage, and so is every later one on that connection.',
    remedy:
      'Keep an odd byte for the next chunk: use a decoder that carries state, or decode whole messages.',
    examples: 'framing',
    requirements: ['MOS-FRM-01'],
  },
  {
    id: 'loses-cut-tag',
    title: 'loses a message whose tag is cut by the end of a segment',
    explanation:
      'The opening or closing mos tag is searched for in each chunk alone, so one that is spread over two chunks is ' +
      'never found. It fails only at certain lengths, and then always.',
    remedy: 'Search in what has been collected, not in the chunk that has just arrived.',
    examples: 'framing',
    requirements: ['MOS-FRM-01'],
  },
  {
    id: 'breaks-on-white-space',
    title: 'is disturbed by white space outside or between elements',
    explanation:
      'Line breaks before a message or indentation inside it keep the device from finding the message or its elements. ' +
      'Some newsrooms send pretty-printed messages.',
    remedy: 'Skip white space before the root, and let an XML parser read the rest.',
    examples: 'framing',
    requirements: ['MOS-FRM-04', 'MOS-FRM-03'],
  },
  {
    id: 'breaks-on-root-attributes',
    title: 'recognises a mos element only in its barest form',
    explanation:
      'The device looks for the literal text of a bare opening tag, or only at the very beginning. Newsrooms that write ' +
      'the version attribute, or an XML declaration, get no answer at all; the tests below say which of the two.',
    remedy: 'Recognise the opening tag up to white space or its end, and skip a declaration.',
    examples: 'framing',
    requirements: ['MOS-FRM-06', 'MOS-FRM-07'],
  },
  {
    id: 'breaks-on-nested-root',
    title: 'ends a message at a mos tag inside a payload',
    explanation:
      'A payload may contain a whole mos document. The device takes its closing tag for the end of the message, parses ' +
      'a fragment, and finds the rest in front of the next message.',
    remedy: 'Count opening and closing mos tags, and end the message where they balance.',
    examples: 'framing',
    requirements: ['MOS-FRM-05'],
  },
  {
    id: 'breaks-on-large-message',
    title: 'does not take a large message',
    explanation:
      'A buffer of fixed size or a short time limit cuts a big message off. Everyday running orders work; the election ' +
      'night does not.',
    remedy: 'Let the buffer grow to a limit of some tens of megabytes.',
    examples: 'framing',
    requirements: ['MOS-FRM-08'],
  },
  {
    id: 'breaks-on-unknown-tag',
    title: 'does not process a message that contains a tag it does not know',
    explanation:
      'Newsrooms add tags of their own, and later revisions add standard ones. The device refuses or drops the whole ' +
      'message instead of ignoring what it does not know.',
    remedy: 'Ignore unknown elements with everything in them, and do not validate strictly on input.',
    requirements: ['MOS-FRM-13'],
  },
  {
    id: 'breaks-on-empty-element',
    title: 'understands an empty element in one of its two forms only',
    explanation:
      'XML writes an empty element as one tag or as a start tag directly followed by its end tag. Both mean the same, ' +
      'and which of them comes depends on the newsroom.',
    remedy: 'Read messages with an XML parser instead of patterns.',
    requirements: ['MOS-FRM-16'],
  },
  {
    id: 'breaks-on-references',
    title: 'does not decode character references and entities',
    explanation:
      'An ampersand in a title must be written as an entity, and any character may be written by its number. The device ' +
      'looks at the text as it stands and drops the message or compares the wrong thing.',
    remedy: 'Read messages with an XML parser instead of patterns.',
    requirements: ['MOS-ENC-05'],
  },
  {
    id: 'breaks-on-non-ascii',
    title: 'does not process a message with characters beyond ASCII',
    explanation:
      'Text of another language than English makes the device drop the whole message, even where it stands in a tag ' +
      'that the device does not know.',
    remedy: 'Decode the two bytes of every character; do not pass text through an eight-bit code page.',
    examples: 'framing',
    requirements: ['MOS-FRM-13', 'MOS-ENC-03'],
  },
  {
    id: 'breaks-on-surrogates',
    title: 'loses the bounds of messages behind a character outside the basic plane',
    explanation:
      'A character such as an emoji takes four bytes. The device counts it as two, and from then on finds no message on ' +
      'that connection.',
    remedy: 'Find the end of a message in the bytes or in 16-bit units, not by counting characters.',
    examples: 'framing',
    requirements: ['MOS-ENC-04'],
  },
  {
    id: 'garbles-text',
    title: 'does not preserve text beyond ASCII',
    explanation:
      'Somewhere inside, text passes through an eight-bit code page: slugs come back with question marks or with other ' +
      'characters. An ID that was changed like this no longer matches.',
    remedy: 'Keep text as Unicode from the wire to the database and back.',
    examples: 'reply',
    requirements: ['MOS-ENC-03', 'MOS-ENC-05'],
  },
  {
    id: 'utf-8-reply',
    title: 'answers in UTF-8',
    explanation:
      'MOS 2.x sends two bytes for every character. A newsroom that follows it finds no message in a UTF-8 reply: it ' +
      'sees silence, and reports a time-out.',
    remedy:
      'Encode replies as UCS-2 with the high byte first; offer UTF-8 only as an option for the newsrooms that ask for it.',
    examples: 'reply',
    requirements: ['MOS-ENC-01'],
  },
  {
    id: 'little-endian-reply',
    title: 'answers with the low byte first',
    explanation:
      'The device writes the encoding that Windows and .NET call "Unicode". A newsroom that follows MOS reads Chinese ' +
      'characters instead of tags, finds no message, and reports a time-out.',
    remedy: 'Use the big-endian variant: BigEndianUnicode, UTF-16BE, swap16.',
    examples: 'reply',
    requirements: ['MOS-ENC-01'],
  },
  {
    id: 'bom-reply',
    title: 'puts a byte order mark before its replies',
    explanation:
      'A writer meant for files adds the mark FE FF. Many newsrooms skip it; others look for a tag at the first byte ' +
      'and find none.',
    remedy: 'Encode strings to bytes without a mark; do not use a text writer on the socket.',
    examples: 'reply',
    requirements: ['MOS-ENC-02'],
  },
  {
    id: 'cut-reply',
    title: 'ends its reply before the closing tag',
    explanation:
      'The last bytes of a reply are missing: only part of a write was done, or the length was counted in characters ' +
      'instead of bytes. The newsroom waits for the end of a message that never comes.',
    remedy: 'Write until every byte is out, and count bytes, not characters.',
    examples: 'reply',
    requirements: ['MOS-FRM-11', 'MOS-ACK-01'],
  },
  {
    id: 'malformed-reply',
    title: 'sends a message that is not well-formed XML',
    explanation:
      'A parser refuses what the device sends: a character that was not escaped, a tag that is not closed. The ' +
      'newsroom drops the message or the whole connection.',
    remedy: 'Write messages with an XML library, or escape the five special characters in every value.',
    examples: 'reply',
    requirements: ['MOS-FRM-11'],
  },
  {
    id: 'misspelt-reply',
    title: 'writes names or constants with wrong capitals',
    explanation:
      'Names of elements and constants are case sensitive. A newsroom looks for the name as it is defined and finds ' +
      'nothing: the value counts as missing.',
    remedy: 'Spell names and constants exactly as the specification has them.',
    examples: 'reply',
    requirements: ['MOS-FRM-10'],
  },
  {
    id: 'junk-after-connect',
    title: 'sends something that is no message right after the connect',
    explanation:
      'A banner, a prompt or a stray byte stands before the first reply. Newsrooms that look for a message at the ' +
      'first byte lose it, and with an odd number of bytes everything behind it.',
    remedy: 'Send nothing but MOS messages on a MOS port.',
    requirements: ['MOS-FRM-11', 'MOS-ENC-01'],
  },
];
