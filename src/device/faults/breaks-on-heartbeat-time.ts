import { childText } from '../../wire/xml.ts';
import type { Fault } from '../behaviour.ts';

/** Accepts only some forms of a time. */
export const breaksOnHeartbeatTime: Fault = {
  name: 'breaks-on-heartbeat-time',
  title: 'Accepts only some forms of a time',
  description: 'The device does not answer a heartbeat whose time gives its offset from UTC.',
  breaks: 'It works with one newsroom and is taken for dead by the next.',
  behave: () => ({
    message(_connection, message, next, ignore) {
      const hasOffset = /[+-]\d{2}:\d{2}$/.test(childText(message.body, 'time') ?? '');
      if (message.name === 'heartbeat' && hasOffset) ignore();
      else next();
    },
  }),
};
