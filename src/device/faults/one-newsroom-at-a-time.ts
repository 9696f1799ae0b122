import type { Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';

/** Serves one newsroom at a time. */
export const oneNewsroomAtATime: Fault = {
  name: 'one-newsroom-at-a-time',
  title: 'Serves one newsroom at a time',
  description: 'While one newsroom is connected, the device answers no other one that it is configured for.',
  breaks: 'A second newsroom, or the standby system of the first, gets no answer.',
  behave: (device) => {
    const newsroomOf = new WeakMap<Connection, string>();
    return {
      message(connection, message, next, ignore) {
        if (message.ncsID !== undefined) newsroomOf.set(connection, message.ncsID);
        const others = device.connections().filter((one) => one !== connection && !one.released);
        const known = others.flatMap((one) => newsroomOf.get(one) ?? []);
        if (known.some((ncsID) => ncsID !== message.ncsID)) ignore();
        else next();
      },
    };
  },
};
