import type { TestResult } from '../../results/results.ts';
import { likely } from './matches.ts';
import type { Signature } from './signatures.ts';
import { failures, keptDescriptors, type Symptoms } from './symptoms.ts';

/** Tests that end a single connection in an orderly way. */
const ORDERLY = ['REL-01', 'REL-02', 'HC-01', 'HC-03', 'REL-04'];

/** Tests that reset connections, or whose close makes the kernel reset them. */
const RESETS = ['AB-01', 'AB-02', 'AB-03', 'AB-04', 'AB-05', 'AB-06', 'REL-06'];

/** Tests that end a connection in the middle of a message, and do nothing else that could disturb a device. */
const CUT = ['HC-03', 'REL-04', 'AB-02', 'LANE-15'];

/** Tests that also cut a message, beside other things. */
const CUT_BESIDES = [
  ...['ST-01', 'ST-02', 'ST-03', 'ST-04'],
  ...['LANE-11', 'LANE-22', 'ROB-01', 'ROB-03', 'ROB-10'],
];

/** Tests that end a connection between two messages. */
const NOTHING_CUT = ['CON-01', 'REL-01', 'REL-02', 'HC-01', 'AB-01'];

/** Runs that ended with a port that no longer serves. */
function lost(symptoms: Symptoms, ids: readonly string[]): TestResult[] {
  return symptoms.failed(ids).filter((test) => failures(test, 'serving').length > 0);
}

function refused(test: TestResult): boolean {
  return failures(test).some((one) => one.actual.includes('ECONNREFUSED'));
}

function silent(test: TestResult): boolean {
  return failures(test, 'serving').some((one) => one.actual.includes('no longer serves: nothing came'));
}

/** Signatures of devices that stop serving; they are asked in this order. */
export const SERVICE_SIGNATURES: readonly Signature[] = [
  {
    id: 'spoils-next-connection',
    match: (symptoms) => {
      const next = lost(symptoms, CUT).filter(silent);
      if (next.length === 0 || lost(symptoms, NOTHING_CUT).length > 0) return undefined;
      return likely([...next, ...symptoms.failed(CUT_BESIDES)]);
    },
  },
  {
    id: 'descriptor-leak-on-reset',
    match: (symptoms) => likely(keptDescriptors(symptoms, ['AB-06'])),
  },
  {
    id: 'exits-on-reset',
    match: (symptoms) => {
      const single = lost(symptoms, ['AB-01', 'AB-02', 'AB-03', 'REL-06']);
      if (single.length === 0 || lost(symptoms, ORDERLY).length > 0) return undefined;
      return likely(symptoms.failed(RESETS));
    },
  },
  {
    id: 'listener-dies',
    match: (symptoms) => {
      const dead = lost(symptoms, ORDERLY).filter(refused);
      return dead.length > 0 ? likely(symptoms.tests.filter((test) => test.verdict === 'fail')) : undefined;
    },
  },
  {
    id: 'refuses-after-n',
    match: (symptoms) => {
      const many = symptoms.failed(['REL-09', 'CON-03', 'AB-05', 'AB-06', 'AB-04', 'HC-04']).filter(refused);
      return many.length > 0 ? likely(many) : undefined;
    },
  },
];
