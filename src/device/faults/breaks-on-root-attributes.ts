import { decodeText } from '../../wire/encoding.ts';
import type { Fault } from '../behaviour.ts';

/** Looks for a bare root tag. */
export const breaksOnRootAttributes: Fault = {
  name: 'breaks-on-root-attributes',
  title: 'Looks for a bare root tag',
  description:
    'The device looks for the literal text of a root tag without attributes at the very beginning of a message.',
  breaks: 'Newsrooms that write the version attribute or an XML declaration get no answer.',
  behave: () => ({
    framed: (_connection, frames) =>
      frames.filter(({ bytes, encoding }) => decodeText(bytes, encoding).startsWith('<mos>')),
  }),
};
