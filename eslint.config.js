import tseslint from 'typescript-eslint';

/** The direction of imports (a folder may import only what stands beside it here, types included). */
const MAY_IMPORT = {
  document: [],
  history: [],
  native: [],
  wire: ['history'],
  results: ['history'],
  requirements: ['document', 'results'],
  target: ['document', 'history', 'wire', 'requirements'],
  suite: ['document', 'history', 'wire', 'target', 'requirements', 'results'],
  ncs: ['history', 'wire', 'native'],
  observe: ['history', 'wire', 'native'],
  verdict: ['history', 'wire', 'observe', 'ncs', 'results', 'requirements'],
  scenario: ['history', 'wire', 'ncs', 'observe', 'verdict', 'suite', 'target', 'results', 'requirements'],
  device: ['history', 'wire', 'native'],
  report: ['history', 'wire', 'results', 'requirements', 'verdict'],
  campaign: [
    'document',
    'history',
    'wire',
    'ncs',
    'observe',
    'verdict',
    'scenario',
    'suite',
    'target',
    'results',
    'requirements',
    'report',
  ],
};

const FOLDERS = Object.keys(MAY_IMPORT);

export default tseslint.config(
  { ignores: ['dist', 'reports', 'coverage', 'node_modules'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-console': 'error',
    },
  },
  ...Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
    files: [`src/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: FOLDERS.filter((other) => other !== folder && !allowed.includes(other)).map((other) => ({
            group: [`../${other}/*`, `../../${other}/*`],
            message: `src/${folder} does not import src/${other}: see the order of imports in eslint.config.js`,
          })),
        },
      ],
    },
  })),
);
