import type { Fault } from '../behaviour.ts';

/** Incomplete acknowledgement. */
export const incompleteAck: Fault = {
  name: 'incomplete-ack',
  title: 'Incomplete acknowledgement',
  description: 'The mosAck of the device lacks objRev and gives no reason for a refusal.',
  breaks: 'The newsroom cannot tell its users why the device refused.',
  behave: () => ({
    answer(exchange, next) {
      const { body } = exchange.answer;
      if (body.name === 'mosAck') {
        body.children = body.children.filter(({ name }) => name !== 'objRev');
        for (const child of body.children) if (child.name === 'statusDescription') child.text = '';
      }
      next();
    },
  }),
};
