import tseslint from 'typescript-eslint';
import noReadingSentences from './eslint-rules/no-reading-sentences.js';

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
      'no-restricted-properties': [
        'error',
        ...['any', 'timeout'].map((property) => ({
          object: 'AbortSignal',
          property,
          message: 'Node 20 collects such a signal as garbage while it is waited for, and it never comes.',
        })),
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    // Makes a clause of a finding's sentence, and looks for nothing in it.
    ignores: ['src/checks/envelope.ts'],
    plugins: { ours: { rules: { 'no-reading-sentences': noReadingSentences } } },
    rules: { 'ours/no-reading-sentences': 'error' },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportExpression[source.type!="Literal"]',
          message: 'The order of imports is held to names: import() takes a literal.',
        },
      ],
    },
  },
);
