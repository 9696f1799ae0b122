import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';
import { isKnown } from '../answers.ts';
import { isMalformed } from '../malformed.ts';

/** Stops after an unknown message. */
export const swallowsUnknownAndStops: Fault = {
  name: 'swallows-unknown-and-stops',
  title: 'Stops after an unknown message',
  description: 'After a message that it does not know the device answers nothing more on that connection.',
  breaks: 'A newsroom of a newer revision silences the device with its first unknown message.',
  behave: () => {
    const stopped = new WeakSet<Connection>();
    return {
      message(connection, message, next, ignore) {
        if (!isMalformed(message) && !isKnown(message.name)) stopped.add(connection);
        if (stopped.has(connection)) ignore();
        else next();
      },
    };
  },
};
