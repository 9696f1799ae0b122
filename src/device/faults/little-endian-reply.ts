import type { Fault } from '../behaviour.ts';

/** Answers with the low byte first. */
export const littleEndianReply: Fault = {
  name: 'little-endian-reply',
  title: 'Answers with the low byte first',
  description: 'The device writes UCS-2 with the low byte first.',
  breaks: 'The newsroom reads every answer as unknown characters.',
  behave({ settings }) {
    settings.encoding = 'ucs-2le';
    return {};
  },
};
