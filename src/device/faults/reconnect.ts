import type { PortName } from '../../history/facts.ts';
import type { DeviceView } from '../behaviour.ts';
import type { Connection } from '../connection.ts';
import { answersOn, family } from './shapes.ts';

/** How long the remains of a connection stand in the way of the next one from the same address and port, in ms. */
const REMAINS_MS = 2_000;

/** Silence after which the kernel asks whether the peer is still there. */
const KEEPALIVE_MS = 1_000;

/** How long a newcomer waits for what keepalive says about the older connections. */
const PROBE_MS = 1_400;

/** A reset after this much silence, with nothing left to do, came from a keepalive probe and not from a newsroom that aborts. */
const SILENCE_MS = 900;

/** Faults that show when the newsroom comes back, or has a second connection beside the first. */
export const RECONNECT = family({
  'stale-session-refuses': {
    behave: (device) => ({
      admit(connection, next) {
        const stale = device
          .connections(connection.port)
          .some((other) => other !== connection && isAlive(other) && other.newsroom === connection.newsroom);
        if (stale) connection.drop();
        else next();
      },
    }),
  },
  'refuses-recall': {
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
  },
  'refuses-same-port': {
    behave: (device) => {
      const met = new Set<string>();
      const served = new WeakSet<Connection>();
      return {
        admit(connection, next) {
          const peer = peerOf(connection);
          if (met.has(peer)) return connection.drop();
          met.add(peer);
          served.add(connection);
          next();
        },
        closed(connection) {
          if (served.has(connection)) device.after(REMAINS_MS, () => met.delete(peerOf(connection)));
        },
      };
    },
  },
  'reply-on-old-connection': answersOn((open, asking) =>
    open.find(({ newsroom }) => newsroom === asking.newsroom),
  ),
  'replies-on-wrong-connection': answersOn((open) => open.at(-1)),
  'holds-vanished-ncs': {
    needsSockets: true,
    behave(device) {
      const held = new Set<string>();
      const probed = new WeakSet<Connection>();
      const lastHeard = new WeakMap<Connection, number>();
      return {
        // A newcomer beside an older connection waits until keepalive has shown which of them are gone.
        admit(connection, next) {
          connection.socket?.keepAlive(KEEPALIVE_MS);
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
  },
});

/** A connection that was reset is among the open ones for a moment still. */
function isAlive({ released, over }: Connection): boolean {
  return !released && !over;
}

/** A connection that has ended and is not gone yet. */
function isEnding({ finReceived, over }: Connection): boolean {
  return finReceived || over;
}

function peerOf({ port, transport }: Connection): string {
  return `${port} ${transport.peer.address} ${transport.peer.port}`;
}

function session({ port, newsroom }: Connection): string {
  return `${port} ${newsroom}`;
}

function rivals(device: DeviceView, connection: Connection): readonly Connection[] {
  return device
    .connections(connection.port)
    .filter((other) => other !== connection && other.newsroom === connection.newsroom && !other.released);
}
