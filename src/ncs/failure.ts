import { symptom, type Symptom } from '../history/symptoms.ts';

/** Why a connection could not be opened, told apart by who is to blame. */
export interface ConnectFailure {
  /** `ours` is a limit of this machine and never the device's fault. */
  whose: 'device' | 'ours';
  reason: 'refused' | 'no answer' | 'reset' | 'unreachable' | 'limit';
  /** The errno name, where there is one. */
  code: string;
  /** One sentence. */
  text: string;
}

const OUR_LIMITS: Record<string, string> = {
  EADDRNOTAVAIL: 'this machine has no free local port or address left',
  EADDRINUSE: 'the local port is still in use on this machine',
  EMFILE: 'this process has no file descriptor left',
  ENFILE: 'this machine has no file descriptor left',
  ENOBUFS: 'this machine has no socket buffer left',
  ENOMEM: 'this machine has no memory left for a socket',
  EACCES: 'this machine does not permit the connection',
  EPERM: 'this machine does not permit the connection',
  EINVAL: 'this machine refuses that local address',
  EAFNOSUPPORT: 'this machine does not speak that address family',
};

const UNREACHABLE: Record<string, string> = {
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'there is no route to the host',
  EHOSTDOWN: 'the host is down',
};

/** Explains an errno of a connect. */
export function connectFailure(code: string, where: string): ConnectFailure {
  if (code in OUR_LIMITS)
    return { whose: 'ours', reason: 'limit', code, text: `${OUR_LIMITS[code]} (${code})` };
  if (code in UNREACHABLE) {
    return { whose: 'device', reason: 'unreachable', code, text: `${UNREACHABLE[code]} (${code}, ${where})` };
  }
  if (code === 'ECONNREFUSED') {
    return { whose: 'device', reason: 'refused', code, text: `${where} refuses connections (${code})` };
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return {
      whose: 'device',
      reason: 'reset',
      code,
      text: `${where} reset the connection while it was opened (${code})`,
    };
  }
  return {
    whose: 'device',
    reason: 'no answer',
    code,
    text: `${where} did not complete the connection (${code})`,
  };
}

const CODES = {
  refused: 'refused',
  'no answer': 'no-handshake',
  reset: 'reset-on-open',
  unreachable: 'unreachable',
  limit: 'no-handshake',
} as const;

/** What a connection that did not come up says against the device, whose doing it was. */
export function symptomOfFailure({ reason, text }: ConnectFailure): Symptom {
  return symptom(CODES[reason], { quote: text });
}
