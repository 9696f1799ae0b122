/** Which folders of `src` (and files beside them) may import which others, types included. */
export type Order = Readonly<Record<string, readonly string[]>>;

/**
 * The direction of imports. Each permission is used: one that nothing needs is an error, as is a folder that does not
 * stand here.
 */
export const ORDER: Order = {
  'package.ts': [],
  document: [],
  history: [],
  native: [],
  wire: ['history'],
  results: ['history'],
  requirements: ['document', 'results'],
  subject: ['document', 'history', 'wire', 'requirements'],
  suite: ['package.ts', 'document', 'history', 'wire', 'subject', 'requirements', 'results'],
  ncs: ['history', 'wire', 'native'],
  observe: ['history', 'native'],
  judge: ['history', 'results'],
  checks: ['history', 'wire', 'ncs', 'results'],
  scenario: [
    'package.ts',
    'history',
    'native',
    'wire',
    'ncs',
    'observe',
    'judge',
    'checks',
    'suite',
    'subject',
    'results',
    'requirements',
  ],
  faults: ['package.ts', 'history', 'results'],
  diagnosis: ['history', 'observe', 'faults'],
  device: ['history', 'wire'],
  report: ['history', 'results'],
  campaign: [
    'package.ts',
    'document',
    'history',
    'native',
    'wire',
    'ncs',
    'observe',
    'judge',
    'faults',
    'scenario',
    'suite',
    'subject',
    'results',
    'requirements',
    'report',
  ],
  commands: [
    'document',
    'history',
    'native',
    'wire',
    'ncs',
    'observe',
    'faults',
    'diagnosis',
    'suite',
    'subject',
    'requirements',
    'device',
    'report',
    'campaign',
  ],
  'cli.ts': ['package.ts', 'commands'],
  'register.ts': ['campaign'],
};

/** What a folder must not reach by any way: a bug that the device shared with the harness would certify itself. */
export const NEVER_REACHES: Order = { device: ['ncs', 'scenario', 'judge', 'faults'] };
