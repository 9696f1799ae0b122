import type { Fault } from '../behaviour.ts';

/** Heartbeat without time. */
export const heartbeatWithoutTime: Fault = {
  name: 'heartbeat-without-time',
  title: 'Heartbeat without time',
  description: 'The answer to a heartbeat lacks its time.',
  breaks: 'Newsrooms that check messages reject the heartbeat.',
  behave: () => ({
    answer(exchange, next) {
      const { body } = exchange.answer;
      if (body.name === 'heartbeat') body.children = body.children.filter(({ name }) => name !== 'time');
      next();
    },
  }),
};
