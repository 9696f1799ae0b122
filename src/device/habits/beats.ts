import { heartbeat } from '../../wire/messages.ts';
import type { Behaviour, DeviceView, Habit } from '../behaviour.ts';
import type { Connection } from '../connection.ts';
import { encodeOwnRequest } from '../own-request.ts';

/** Sends heartbeats of its own on the connections that a newsroom opened. */
export const beats: Habit = {
  name: 'beats',
  title: 'Sends heartbeats of its own',
  description:
    'The device sends heartbeats of its own on every connection, also on one that the newsroom opened.',
  parameter: { means: 'time between two heartbeats', unit: 'ms', default: 5_000 },
  behave: (device, every): Behaviour => ({
    opened: (connection) => {
      if (!connection.dialled) beat(device, connection, every);
    },
  }),
};

function beat(device: DeviceView, connection: Connection, every: number): void {
  device.after(every, () => {
    if (connection.released || connection.closed) return;
    if (connection.unanswered === 0) ask(device, connection);
    beat(device, connection, every);
  });
}

function ask(device: DeviceView, connection: Connection): void {
  const messageID = device.nextMessageID();
  connection.awaited = { messageID, request: 'heartbeat', resolve: () => {} };
  connection.send(encodeOwnRequest(device.settings, messageID, heartbeat()));
}
