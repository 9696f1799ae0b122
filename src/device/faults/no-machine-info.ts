import type { Fault } from '../behaviour.ts';

/** Answers no reqMachInfo. */
export const noMachineInfo: Fault = {
  name: 'no-machine-info',
  title: 'Answers no reqMachInfo',
  description: 'The device leaves reqMachInfo unanswered.',
  breaks: 'The newsroom does not know which profiles it may use.',
  behave: () => ({
    message(_connection, message, next, ignore) {
      if (message.name === 'reqMachInfo') ignore();
      else next();
    },
  }),
};
