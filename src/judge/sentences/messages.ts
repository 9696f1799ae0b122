import type { Symptom } from '../../history/symptoms.ts';
import type { Sentences } from './telling.ts';

/** What is said of how messages are written, and of what a device claims in them. */
export const MESSAGES: Sentences<
  | 'wrong-encoding'
  | 'byte-order-mark'
  | 'broken-form'
  | 'misspelt'
  | 'missing-element'
  | 'misplaced-element'
  | 'unexpected-element'
  | 'bad-value'
  | 'empty-value'
  | 'wrong-value'
  | 'envelope-order'
  | 'not-one-message'
  | 'ids-exchanged'
  | 'wrong-id'
  | 'no-message-id'
  | 'wrong-message-id'
  | 'bad-message-id'
  | 'message-id-not-counting'
  | 'implausible-value'
  | 'claim-varies'
  | 'claim-incomplete'
  | 'claim-without-base'
  | 'contradicts-file'
> = {
  'wrong-encoding': found,
  'byte-order-mark': found,
  'broken-form': found,
  misspelt: found,
  'missing-element': found,
  'misplaced-element': found,
  'unexpected-element': found,
  'bad-value': found,
  'empty-value': found,
  'wrong-value': ({ quote }) => `it is "${quote}"`,
  'envelope-order': found,
  'not-one-message': found,
  'ids-exchanged': ({ quote }) => `mosID and ncsID are exchanged: ${quote}`,
  'wrong-id': ({ field, quote }) =>
    quote === undefined ? `the reply has no ${field}` : `${field} is ${quote}`,
  'no-message-id': ({ message, quote }) =>
    quote === undefined
      ? `${message} carries no messageID`
      : `the reply to messageID ${quote} carries no messageID`,
  'wrong-message-id': ({ figures: { asked }, quote }) =>
    `the reply to messageID ${asked} carries messageID ${quote}`,
  'bad-message-id': ({ message, quote }) => `${message} carries the messageID "${quote}"`,
  'message-id-not-counting': ({ message, figures: { before, came } }) =>
    `${message} carries messageID ${came} after ${before}`,
  'implausible-value': ({ field, quote }) => `${field} is ${quote}`,
  'claim-varies': ({ quote }) => `it claims ${quote}`,
  'claim-incomplete': found,
  'claim-without-base': ({ figures: { profile }, quote }) =>
    `Profile ${profile} is claimed without Profile ${quote}, which it builds on`,
  'contradicts-file': found,
};

/** What the decoder or a check found stands in its own words. */
function found({ code, quote, share }: Symptom): string {
  const text = quote ?? code.replaceAll('-', ' ');
  return share ? `${text} (${share.count} of ${share.of} messages)` : text;
}
