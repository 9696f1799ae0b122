import type { Fault } from '../behaviour.ts';
import { isMalformed } from '../malformed.ts';

/** Crashes on malformed XML. */
export const crashesOnMalformed: Fault = {
  name: 'crashes-on-malformed',
  title: 'Crashes on malformed XML',
  description: 'The device ends when it gets a message that is not well formed.',
  breaks: 'One broken sender takes the device off the air.',
  behave: (device) => ({
    message(_connection, message, next) {
      if (isMalformed(message)) device.exit();
      else next();
    },
  }),
};
