import type { Fault } from '../behaviour.ts';

/** Answers in UTF-8. */
export const utf8Reply: Fault = {
  name: 'utf-8-reply',
  title: 'Answers in UTF-8',
  description: 'The device writes UTF-8 instead of UCS-2 with the high byte first.',
  breaks: 'The newsroom cannot read a single answer.',
  behave({ settings }) {
    settings.encoding = 'utf-8';
    return {};
  },
};
