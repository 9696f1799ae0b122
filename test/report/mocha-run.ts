import Mocha, { type Runner } from 'mocha';

/** Runs a test that passes, one that fails and one that is skipped, and gives the number of failures mocha was told. */
export function runThree(report: (runner: Runner) => unknown): Promise<number> {
  const reporter = class {
    constructor(runner: Runner) {
      report(runner);
    }
  };
  const mocha = new Mocha({ ui: 'bdd', reporter: reporter as never });
  const suite = Mocha.Suite.create(mocha.suite, 'REL Orderly release');
  suite.addTest(new Mocha.Test('REL-01@lower closes', () => undefined));
  suite.addTest(
    new Mocha.Test('REL-02@lower closes', () => {
      throw new Error('the device was still in CLOSE_WAIT');
    }),
  );
  suite.addTest(new Mocha.Test('DC-01@lower closes first'));
  return new Promise((resolve) => mocha.run(resolve));
}
