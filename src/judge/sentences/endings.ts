import { formatUs } from '../../history/clock.ts';
import type { Symptom } from '../../history/symptoms.ts';
import { ofConnections } from './share.ts';
import type { Sentences } from './telling.ts';

/** What is said of how connections ended, or did not. */
export const ENDINGS: Sentences<
  | 'never-closed'
  | 'never-accepted'
  | 'late'
  | 'ended-otherwise'
  | 'state-not-reached'
  | 'closed-by-device'
  | 'reset-by-device'
  | 'kept-open'
  | 'descriptors-kept'
> = {
  'never-closed': (symptom) =>
    ofConnections(symptom.share, `${standing(symptom, symptom.figures.afterUs)}${heldBy(symptom)}`),
  'never-accepted': (symptom) =>
    ofConnections(
      symptom.share,
      `${standing(symptom, symptom.figures.afterUs)}, and its application has not accepted the connection`,
    ),
  late: ({ figures, quote }) => `${quote}, ${formatUs(figures.lateUs)} after the deadline`,
  'ended-otherwise': (symptom) => {
    const how = symptom.quote === undefined ? '' : ` (${symptom.quote})`;
    return ofConnections(symptom.share, `${symptom.ended}${how}`);
  },
  'state-not-reached': (symptom) => {
    const { ncs, device } = symptom.states ?? {};
    const where = device === undefined ? `${ncs ?? 'nothing'} here` : `${device} at the device`;
    return ofConnections(symptom.share, symptom.inferred ? `${where} (inferred)` : where);
  },
  'closed-by-device': (symptom) => ofConnections(symptom.share, ended('closed', symptom.figures.afterUs)),
  'reset-by-device': (symptom) => ofConnections(symptom.share, ended('reset', symptom.figures.afterUs)),
  'kept-open': (symptom) => ofConnections(symptom.share, 'the device keeps it open'),
  'descriptors-kept': ({ figures }) => `${figures.grown} more than before`,
};

function ended(verb: 'closed' | 'reset', afterUs: number): string {
  return `the device ${verb} it after ${formatUs(afterUs)}`;
}

/** Where both ends stand so long after our FIN; that we have sent none is said instead. */
/** Who keeps a connection in the device's place. */
export function heldBy({ holder }: Symptom): string {
  return holder === undefined ? '' : `; the device has given it up, but its process "${holder}" holds it`;
}

function standing({ states = {}, inferred, quote }: Symptom, afterUs: number): string {
  if (afterUs === 0 && quote !== undefined) return quote;
  const after = `${formatUs(afterUs)} after our FIN`;
  if (quote !== undefined) return `${quote} ${after}`;
  if (inferred) return `${states.ncs} here ${after}, so ${states.device} at the device (inferred)`;
  const ends = [
    states.ncs === undefined ? [] : `${states.ncs} here`,
    states.device === undefined ? [] : `${states.device} at the device`,
  ].flat();
  return ends.length === 0 ? `no FIN of the device arrived ${after}` : `${ends.join(', ')} ${after}`;
}
