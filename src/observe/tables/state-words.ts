import type { SocketState } from '../../history/facts.ts';

/** Every spelling that is known for certain, in capitals and with underscores. */
const STATE_WORDS: Readonly<Record<string, SocketState>> = {
  LISTEN: 'LISTEN',
  LISTENING: 'LISTEN',
  SYN_SENT: 'SYN_SENT',
  SYN_RECV: 'SYN_RECV',
  SYN_RCVD: 'SYN_RECV',
  SYN_RECEIVED: 'SYN_RECV',
  ESTAB: 'ESTABLISHED',
  ESTABLISHED: 'ESTABLISHED',
  FIN_WAIT_1: 'FIN_WAIT_1',
  FIN_WAIT1: 'FIN_WAIT_1',
  FIN_WAIT_2: 'FIN_WAIT_2',
  FIN_WAIT2: 'FIN_WAIT_2',
  CLOSE_WAIT: 'CLOSE_WAIT',
  CLOSING: 'CLOSING',
  LAST_ACK: 'LAST_ACK',
  TIME_WAIT: 'TIME_WAIT',
  // A socket that is no connection: not used yet, or not any more.
  CLOSE: 'none',
  CLOSED: 'none',
  UNCONN: 'none',
  DELETE_TCB: 'none',
  IDLE: 'none',
  BOUND: 'none',
  // Windows in German.
  HERGESTELLT: 'ESTABLISHED',
  WARTEND: 'TIME_WAIT',
  SCHLIESSEN_WARTEN: 'CLOSE_WAIT',
  FIN_WARTEN_2: 'FIN_WAIT_2',
  SYN_GESENDET: 'SYN_SENT',
};

/** German for listening: its third vowel is an O with dots, which seldom survives copying. */
const LISTENING_IN_GERMAN = /^ABH.{1,3}REN$/u;

/**
 * The state that a word of a socket table means, `none` for a socket without a connection.
 * A word that is not known for certain is UNKNOWN: never guess.
 */
export function stateOfWord(word: string): SocketState {
  const plain = word.toUpperCase().replaceAll('-', '_');
  if (Object.hasOwn(STATE_WORDS, plain)) return STATE_WORDS[plain] ?? 'UNKNOWN';
  return LISTENING_IN_GERMAN.test(plain) ? 'LISTEN' : 'UNKNOWN';
}
