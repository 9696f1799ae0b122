import type { Fault } from '../behaviour.ts';

/** Dies of a message for somebody else. */
export const disturbedByWrongIds: Fault = {
  name: 'disturbed-by-wrong-ids',
  title: 'Dies of a message for somebody else',
  description: 'The device ends when a message carries a mosID or ncsID that it does not know.',
  breaks: 'A mistake in the configuration of one newsroom takes the device away from all.',
  behave: (device) => ({
    message(_connection, message, next) {
      const { mosId, ncsIds } = device.settings;
      const isOurs = message.mosID === mosId && ncsIds.some((known) => known === message.ncsID);
      if (message.body && !isOurs) device.exit();
      else next();
    },
  }),
};
