import { expectsAnswer, portsOf } from '../../wire/answers.ts';
import { isMessageName } from '../../wire/message-names.ts';
import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';

/** Stops after a message that it did not wait for. */
export const disturbedByStrayMessages: Fault = {
  name: 'disturbed-by-stray-messages',
  title: 'Stops after a message that it did not wait for',
  description:
    'After an answer to nothing, or a message of another port, the device answers nothing more on that connection.',
  breaks: 'A newsroom that is out of step for a moment loses the device for good.',
  behave: () => {
    const stopped = new WeakSet<Connection>();
    return {
      message(connection, message, next, ignore) {
        const { name } = message;
        const isStray =
          isMessageName(name) && !(expectsAnswer(name) && portsOf(name).includes(connection.port));
        if (isStray && connection.port !== 'query') stopped.add(connection);
        if (stopped.has(connection)) ignore();
        else next();
      },
    };
  },
};
