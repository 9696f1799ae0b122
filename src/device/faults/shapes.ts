import { decodeText } from '../../wire/encoding.ts';
import type { DecodedMessage } from '../../wire/types.ts';
import type { DeviceView, Exchange, Fault } from '../behaviour.ts';
import type { Connection } from '../connection.ts';
import type { Settings } from '../settings.ts';

/** The faults of one family by their names, which are those of the catalogue in `src/faults`. */
export function family<Name extends string>(faults: Record<Name, Fault>): Readonly<Record<Name, Fault>> {
  return faults;
}

/** Correct code that was set up wrongly. */
export function setTo(change: (settings: Settings) => void): Fault {
  return {
    behave({ settings }) {
      change(settings);
      return {};
    },
  };
}

/** Loses every message whose text is such, without a trace. */
export function loses(isSuch: (text: string) => boolean): Fault {
  return {
    behave: () => ({
      framed: (_connection, frames) =>
        frames.filter(({ bytes, encoding }) => !isSuch(decodeText(bytes, encoding))),
    }),
  };
}

/** Passes over every message that is such. */
export function ignores(isSuch: (message: DecodedMessage) => boolean): Fault {
  return {
    behave: () => ({
      message(_connection, message, next, ignore) {
        if (isSuch(message)) ignore();
        else next();
      },
    }),
  };
}

/** Answers nothing more on a connection from the first message on that is such, that one included. */
export function deafFrom(isSuch: (message: DecodedMessage, connection: Connection) => boolean): Fault {
  return {
    behave: () => {
      const deaf = new WeakSet<Connection>();
      return {
        message(connection, message, next, ignore) {
          if (isSuch(message, connection)) deaf.add(connection);
          if (deaf.has(connection)) ignore();
          else next();
        },
      };
    },
  };
}

/** Ends when a message is such. */
export function diesOf(isSuch: (message: DecodedMessage, settings: Settings) => boolean): Fault {
  return {
    behave: (device) => ({
      message(_connection, message, next) {
        if (isSuch(message, device.settings)) device.exit();
        else next();
      },
    }),
  };
}

/** Changes each answer before it is written. */
export function changesAnswer(change: (exchange: Exchange, device: DeviceView) => void): Fault {
  return {
    behave: (device) => ({
      answer(exchange, next) {
        change(exchange, device);
        next();
      },
    }),
  };
}

/** Sends the answers to a newsroom on the connection that `choose` finds among those open on that port, oldest first. */
export function answersOn(
  choose: (open: readonly Connection[], asking: Connection) => Connection | undefined,
): Fault {
  return changesAnswer((exchange, device) => {
    const { connection } = exchange;
    if (connection.dialled) return;
    const open = device.connections(connection.port).filter(({ released }) => !released);
    exchange.via = choose(open, connection) ?? connection;
  });
}

/** Never closes a connection that is such when its FIN comes. */
export function leaves(isSuch: (connection: Connection) => boolean): Fault {
  return {
    behave: () => ({
      fin(connection, next) {
        if (!isSuch(connection)) next();
      },
    }),
  };
}

/** Answers everything, and never closes a connection that carried such a message. */
export function leavesAfter(isSuch: (message: DecodedMessage) => boolean): Fault {
  return {
    behave: () => {
      const spoilt = new WeakSet<Connection>();
      return {
        message(connection, message, next) {
          if (isSuch(message)) spoilt.add(connection);
          next();
        },
        fin(connection, next) {
          if (!spoilt.has(connection)) next();
        },
      };
    },
  };
}
