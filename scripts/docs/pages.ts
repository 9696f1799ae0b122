import { coveragePage } from './coverage-page.ts';
import { faultsPage } from './faults-page.ts';
import { suitePage } from './suite-page.ts';
import { testsPage } from './tests-page.ts';

/** A page of `docs/` that is written from the sources, so that it cannot say what the product does not do. */
export interface GeneratedPage {
  /** The file below `docs/`. */
  file: string;
  /** The whole page, with a line end after the last line. */
  text: () => string;
}

/** Every generated page, and the one of which only parts are. */
export const GENERATED_PAGES: readonly GeneratedPage[] = [
  { file: 'tests.md', text: testsPage },
  { file: 'faults.md', text: faultsPage },
  { file: 'coverage.md', text: coveragePage },
  { file: 'writing-a-suite.md', text: suitePage },
];
