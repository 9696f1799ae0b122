import { decodeText, encodeText } from '../../wire/encoding.ts';
import type { Frame } from '../../wire/types.ts';
import type { Fault } from '../behaviour.ts';
import { expandEntities } from '../entities.ts';

/** Expands entities. */
export const expandsEntities: Fault = {
  name: 'expands-entities',
  title: 'Expands entities',
  description:
    'The device acts on the entities that a document type declaration declares, external ones among them.',
  breaks: 'A hostile message reads files of the device or fills its memory.',
  behave: () => ({ framed: (_connection, frames) => frames.map(expanded) }),
};

function expanded(frame: Frame): Frame {
  const text = `${frame.junkBefore ?? ''}${decodeText(frame.bytes, frame.encoding)}`;
  if (!text.includes('<!ENTITY')) return frame;
  return { bytes: encodeText(expandEntities(text), frame.encoding), encoding: frame.encoding, findings: [] };
}
