import type { PortName } from '../../history/facts.ts';
import { family } from './shapes.ts';

/** How long a connection counts among those that come and go quickly, in ms. */
const CHURN_MS = 3_000;

/** Faults that only many connections show, at once or one after the other. */
export const CHURN = family({
  'reply-on-other-under-load': {
    parameter: { means: 'how many answers bring one astray', unit: 'count', default: 7 },
    behave: (device, nth) => {
      let answers = 0;
      return {
        answer(exchange, next) {
          const { connection } = exchange;
          const open = device.connections(connection.port).filter((other) => !other.released);
          if (open.length > 10 && ++answers % nth === 0) {
            exchange.via = open.find((other) => other !== connection) ?? connection;
          }
          next();
        },
      };
    },
  },
  'loses-reply-under-load': {
    parameter: { means: 'how many answers bring one loss', unit: 'count', default: 50 },
    behave: (device, nth) => {
      let answers = 0;
      return {
        answer({ connection }, next, lose) {
          const open = device.connections(connection.port).filter((other) => !other.released);
          if (open.length > 10 && ++answers % nth === 0) lose();
          else next();
        },
      };
    },
  },
  'slows-with-connections': {
    parameter: { means: 'delay for each connection so far', unit: 'ms', default: 0.1 },
    behave: (device, perConnection) => {
      const accepted = new Map<PortName, number>();
      return {
        admit({ port }, next) {
          accepted.set(port, (accepted.get(port) ?? 0) + 1);
          next();
        },
        answer({ connection }, next) {
          const delay = Math.floor((accepted.get(connection.port) ?? 0) * perConnection);
          if (delay > 0) device.after(delay, next);
          else next();
        },
      };
    },
  },
  'leak-per-abort': {
    parameter: { means: 'resets that it survives', unit: 'count', default: 60 },
    behave: (device, limit) => {
      const leaked: NodeJS.Timeout[] = [];
      device.onStop(() => leaked.forEach((timer) => clearInterval(timer)));
      const stalled = (): boolean => leaked.length >= limit;
      return {
        reset: () => void leaked.push(setInterval(() => {}, 1_000)),
        admit(_connection, next) {
          if (!stalled()) next();
        },
        message(_connection, _message, next) {
          if (!stalled()) next();
        },
      };
    },
  },
  'leak-under-churn': {
    parameter: {
      means: 'connections to a port within three seconds that do no harm',
      unit: 'count',
      default: 100,
    },
    behave: (device, harmless) => {
      const acceptedMs = new Map<PortName, number[]>();
      const isChurn = (port: PortName): boolean => {
        const times = acceptedMs.get(port) ?? [];
        return times.length > harmless && performance.now() - (times[0] ?? 0) < CHURN_MS;
      };
      return {
        admit({ port }, next) {
          const times = acceptedMs.get(port) ?? [];
          acceptedMs.set(port, [...times, performance.now()].slice(-harmless - 1));
          next();
        },
        // It takes a race: connections that come one after the other are released, however many there are.
        fin(connection, next) {
          const others = device.connections(connection.port).filter((other) => other !== connection);
          if (!isChurn(connection.port) || others.every(({ finReceived }) => finReceived)) next();
        },
      };
    },
  },
});
