import type { Connection } from '../connection.ts';
import type { Fault } from '../behaviour.ts';

/** Stops reading after n messages. */
export const stopsReadingAfterN: Fault = {
  name: 'stops-reading-after-n',
  title: 'Stops reading after n messages',
  description: 'After n messages on a connection the device reads nothing more from it, not even its end.',
  breaks: 'A connection works for a while; then requests stay unanswered although it looks established.',
  parameter: { means: 'messages that a connection serves', unit: 'count', default: 20 },
  behave: (_device, limit) => {
    const answered = new WeakMap<Connection, number>();
    return {
      message(connection, _message, next) {
        const count = (answered.get(connection) ?? 0) + 1;
        answered.set(connection, count);
        if (count <= limit) next();
        else connection.stopReading();
      },
    };
  },
};
