/** The three ways in which the NCS ends a connection. */
export type CloseKind = 'close' | 'half-close' | 'abort';

/**
 * What became of every cycle of a churn. Three accounts, each of which adds up (see {@link imbalance}): how the
 * connection was opened, what became of the request, and how the connection ended at both ends.
 */
export interface Tally {
  started: number;
  opened: number;
  /** The device's host refused the connection. */
  refused: number;
  /** It was reset while it was opened. */
  resetOnOpen: number;
  /** Nothing came of it within the connect time, or the host cannot be reached. */
  unreached: number;
  /** A limit of this machine kept it from being opened. */
  limited: number;

  asked: number;
  answered: number;
  /** No answer within the reply time. */
  unanswered: number;
  /** The device sent FIN instead of the answer. */
  closedEarly: number;
  /** The device sent RST instead of the answer. */
  resetEarly: number;
  /** The answer came on the connection of another cycle. */
  misdirected: number;

  /** Both ends had let go within the release time. */
  released: number;
  /** They had not within the release time, and had when the churn ended. */
  late: number;
  /** Something still stood when the churn ended, the release time long over. */
  left: number;
  /** Ended by us, where nothing shows what became of it. */
  unseen: number;

  /** Cycles that the end of the churn broke off, by how far they were. */
  brokenOff: { opening: number; asking: number; ending: number };
  /** How we ended them. */
  endedBy: Record<CloseKind, number>;
  /** Released, and known to be only because nothing is left at our end. */
  provenByAbsence: number;
  /** How many were left in which states at which ends. */
  leftIn: Map<string, number>;
}

/** An empty tally. */
export function newTally(): Tally {
  return {
    ...{ started: 0, opened: 0, refused: 0, resetOnOpen: 0, unreached: 0, limited: 0 },
    ...{ asked: 0, answered: 0, unanswered: 0, closedEarly: 0, resetEarly: 0, misdirected: 0 },
    ...{ released: 0, late: 0, left: 0, unseen: 0, provenByAbsence: 0 },
    brokenOff: { opening: 0, asking: 0, ending: 0 },
    endedBy: { close: 0, 'half-close': 0, abort: 0 },
    leftIn: new Map(),
  };
}

/** Connections that could not be had, by the device's fault. */
export function notOpened(tally: Tally): number {
  return tally.refused + tally.resetOnOpen + tally.unreached;
}

/** Requests that did not get their answer, by the device's fault. */
export function notAnswered(tally: Tally): number {
  return tally.unanswered + tally.closedEarly + tally.resetEarly + tally.misdirected;
}

/** Everything that speaks against the device. */
export function failuresOf(tally: Tally): number {
  return notOpened(tally) + notAnswered(tally) + tally.late + tally.left;
}

/** By how much each account is out: all zero when every cycle is accounted for. */
export function imbalance(tally: Tally): { opening: number; asking: number; ending: number } {
  const { brokenOff } = tally;
  return {
    opening: tally.started - tally.opened - notOpened(tally) - tally.limited - brokenOff.opening,
    asking: tally.asked - tally.answered - notAnswered(tally) - brokenOff.asking,
    ending: tally.opened - tally.released - tally.late - tally.left - tally.unseen - brokenOff.ending,
  };
}
