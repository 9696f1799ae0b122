import type { PortName } from '../../history/facts.ts';
import type { Connection } from '../connection.ts';
import type { Fault } from '../behaviour.ts';

/** Refuses to be called again. */
export const refusesRecall: Fault = {
  name: 'refuses-recall',
  title: 'Refuses to be called again',
  description:
    'For some time after a connection ended, the device closes every new one to that port at once.',
  breaks: 'A newsroom that reconnects is turned away again and again.',
  parameter: { means: 'how long it refuses', unit: 'ms', default: 3_000 },
  behave: (device, pause) => {
    const resting = new Map<PortName, () => void>();
    const refused = new WeakSet<Connection>();
    return {
      admit(connection, next) {
        const ending = device
          .connections(connection.port)
          .some((other) => !refused.has(other) && isEnding(other));
        if (!resting.has(connection.port) && !ending) return next();
        refused.add(connection);
        connection.drop();
      },
      closed(connection) {
        if (refused.has(connection) || connection.dialled) return;
        resting.get(connection.port)?.();
        resting.set(
          connection.port,
          device.after(pause, () => resting.delete(connection.port)),
        );
      },
    };
  },
};

/** A connection that has ended and is not gone yet. */
function isEnding({ finReceived, socket }: Connection): boolean {
  return finReceived || socket.destroyed;
}
