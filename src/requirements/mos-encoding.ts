import { requirementTable } from './table.ts';

/** Bytes to messages: the encoding of text, the bounds of messages, the form of XML. */
export const MOS_ENCODING_REQUIREMENTS = requirementTable(`
MOS-ENC-01 | must   | sends every byte as UCS-2, high byte first | MOS 2.8.5 §2.1
MOS-ENC-02 | may    | sends no byte order mark | convention
MOS-ENC-03 | must   | preserves non-ASCII text: Latin, Cyrillic, Chinese, Arabic | MOS 2.8.5 §2.1
MOS-ENC-04 | may    | takes or refuses characters outside the basic plane without losing the bounds of messages | convention
MOS-ENC-05 | should | decodes entities and numeric character references and counts each as one character | MOS 2.8.5 §6, XML 1.0
MOS-FRM-01 | must   | understands a message split at any byte, in the middle of a character too | MOS 2.8.5 §2.1
MOS-FRM-02 | should | handles several messages in one segment and answers each in order | convention
MOS-FRM-03 | should | ignores white space before and between messages | field practice (Sofie), convention
MOS-FRM-04 | must   | handles pretty-printed and compact XML alike | MOS 2.8.5 §2.1
MOS-FRM-05 | should | does not take a nested closing mos tag inside mosPayload for the end of the message | field practice (Sofie)
MOS-FRM-06 | should | accepts the attributes version and changeDate on mos | MOS 2.8.5 §8 (DTD)
MOS-FRM-07 | may    | accepts an XML declaration | convention
MOS-FRM-08 | should | accepts a large message: 1 MiB and 500 stories or more | convention
MOS-FRM-09 | should | stays usable after malformed XML | convention
MOS-FRM-10 | must   | writes tags and constants in exactly their case | MOS 2.8.5 §2.1, §6
MOS-FRM-11 | must   | sends well-formed messages | MOS 2.8.5 §2.1
MOS-FRM-12 | must   | sends children in the order of the DTD with the required ones present | MOS 2.8.5 licence 2 and 4, §8 (DTD)
MOS-FRM-13 | must   | ignores tags it does not know, and still processes and answers the message | MOS 2.8.5 §1, §2.1
MOS-FRM-14 | must   | is undisturbed by a message of an unknown type | MOS 2.8.5 §2.1
MOS-FRM-15 | should | accepts hexadecimal numbers written with 0x or x | MOS 2.8.5 §2.1, §6
MOS-FRM-16 | should | accepts empty elements in both forms | MOS 2.8.5 (examples)
`);
