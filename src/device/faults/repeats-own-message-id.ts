import type { Fault } from '../behaviour.ts';

/** Does not count its own requests. */
export const repeatsOwnMessageId: Fault = {
  name: 'repeats-own-message-id',
  title: 'Does not count its own requests',
  description: 'Every request that the device sends of its own accord carries the same messageID.',
  breaks: 'The newsroom takes each request for a repetition of the first and ignores it.',
  behave({ settings }) {
    settings.ownMessageID = 7;
    return {};
  },
};
