import type { Fault } from '../behaviour.ts';

/** Incomplete machine information. */
export const machineInfoIncomplete: Fault = {
  name: 'machine-info-incomplete',
  title: 'Incomplete machine information',
  description: 'The answer to reqMachInfo lacks the serial number and the MOS revision.',
  breaks: 'Newsrooms that read them refuse to configure the device.',
  behave: () => ({
    answer(exchange, next) {
      const { body } = exchange.answer;
      if (body.name === 'listMachInfo') {
        body.children = body.children.filter(({ name }) => name !== 'SN' && name !== 'mosRev');
      }
      next();
    },
  }),
};
