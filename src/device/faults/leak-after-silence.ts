import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';

/** Leaks connections that were silent before they ended. */
export const leakAfterSilence: Fault = {
  name: 'leak-after-silence',
  title: 'Leaks connections that were silent before they ended',
  description: 'The device never closes a connection whose FIN comes so long after the last message.',
  breaks: 'A close right after an exchange is seen; the one that ends a quiet night is not.',
  parameter: { means: 'silence after which the FIN is missed', unit: 'ms', default: 1_000 },
  behave: (_device, silenceMs) => {
    const heardMs = new WeakMap<Connection, number>();
    return {
      message(connection, _message, next) {
        heardMs.set(connection, performance.now());
        next();
      },
      fin(connection, next) {
        const sinceMs = performance.now() - (heardMs.get(connection) ?? Infinity);
        if (!(sinceMs >= silenceMs)) next();
      },
    };
  },
};
