import type { Fault } from '../behaviour.ts';

/** Answers no heartbeat. */
export const noHeartbeat: Fault = {
  name: 'no-heartbeat',
  title: 'Answers no heartbeat',
  description: 'The device leaves heartbeats unanswered.',
  breaks: 'The newsroom takes the device for dead and drops the connection.',
  behave: () => ({
    message(_connection, message, next, ignore) {
      if (message.name === 'heartbeat') ignore();
      else next();
    },
  }),
};
