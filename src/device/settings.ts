import type { PortName } from '../history/facts.ts';
import type { Encoding } from '../wire/types.ts';

/** What the parts of one device share; habits and faults may change it before the device starts to listen. */
export interface Settings {
  mosId: string;
  /** The newsrooms it knows; the first is the one it dials. */
  ncsIds: readonly string[];
  /** How everything it sends is written. */
  encoding: Encoding;
  /** The profiles it says YES to. */
  profiles: ReadonlySet<number>;
  /** The ports it listens on. */
  ports: Set<PortName>;
  /** Bytes after which a message that has not ended is given up. */
  messageLimit: number;
  /** Most connections at once, all ports together; one more is closed at once. */
  connectionLimit: number;
  /** Answers to requests of its own that it takes for requests, by the name of the message. */
  answersAnswers: ReadonlySet<string>;
  /** Gives every request of its own this messageID instead of counting. */
  ownMessageID: number | undefined;
  /** When the device was started; it tells so as opTime. */
  startedAt: Date;
}

/** The settings of the correct device. */
export function correctSettings(mosId: string, ncsIds: readonly string[]): Settings {
  return {
    mosId,
    ncsIds,
    encoding: 'ucs-2be',
    profiles: new Set([0, 1]),
    ports: new Set(['lower', 'upper', 'query']),
    messageLimit: 8 * 1024 * 1024,
    connectionLimit: 8192,
    answersAnswers: new Set(),
    ownMessageID: undefined,
    startedAt: new Date(),
  };
}
