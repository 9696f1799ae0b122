import { machineInformation } from '../machine-info.ts';
import type { Fault } from '../behaviour.ts';

/** Claims more on one port than on the other. */
export const machineInfoVaries: Fault = {
  name: 'machine-info-varies',
  title: 'Claims more on one port than on the other',
  description: 'On its lower port the device claims Profile 2 as well, on the others it does not.',
  breaks: 'What the newsroom believes of the device depends on the port at which it asked.',
  behave: ({ settings }) => ({
    answer(exchange, next) {
      const isClaim = exchange.answer.body.name === 'listMachInfo' && exchange.connection.port === 'lower';
      const profiles = new Set([...settings.profiles, 2]);
      if (isClaim) exchange.answer.body = machineInformation({ ...settings, profiles });
      next();
    },
  }),
};
