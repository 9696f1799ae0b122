import type { DeviceView, Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';

/** Silence after which the kernel asks whether the peer is still there. */
const KEEPALIVE_MS = 1_000;

/** How long a newcomer waits for what keepalive says about the older connections. */
const PROBE_MS = 1_400;

/** A reset after this much silence, with nothing left to do, came from a keepalive probe and not from a newsroom that aborts. */
const SILENCE_MS = 900;

/** Holds on to a newsroom that vanished. */
export const holdsVanishedNcs: Fault = {
  name: 'holds-vanished-ncs',
  title: 'Holds on to a vanished newsroom',
  description:
    'The device takes the connection of a newsroom that vanished for alive and refuses that newsroom.',
  breaks:
    'A newsroom server that lost its power or its network cannot come back until the device is restarted.',
  behave(device) {
    const held = new Set<string>();
    const probed = new WeakSet<Connection>();
    const lastHeard = new WeakMap<Connection, number>();
    return {
      // A newcomer beside an older connection waits until keepalive has shown which of them are gone.
      admit(connection, next) {
        connection.socket.setKeepAlive(true, KEEPALIVE_MS);
        lastHeard.set(connection, performance.now());
        if (held.has(session(connection))) return connection.drop();
        const older = rivals(device, connection);
        if (older.length === 0) return next();
        for (const rival of older) probed.add(rival);
        device.after(PROBE_MS, () => (held.has(session(connection)) ? connection.drop() : next()));
      },
      read(connection, chunk) {
        lastHeard.set(connection, performance.now());
        return chunk;
      },
      reset(connection) {
        const silence = performance.now() - (lastHeard.get(connection) ?? 0);
        const isQuiet = connection.unanswered === 0 && !connection.incomplete && silence > SILENCE_MS;
        if (probed.has(connection) && isQuiet) held.add(session(connection));
      },
    };
  },
};

function session({ port, newsroom }: Connection): string {
  return `${port} ${newsroom}`;
}

function rivals(device: DeviceView, connection: Connection): readonly Connection[] {
  return device
    .connections(connection.port)
    .filter((other) => other !== connection && other.newsroom === connection.newsroom && !other.released);
}
