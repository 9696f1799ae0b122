import { expect } from 'chai';
import { explainMisunderstanding } from '../../src/commands/command-line.ts';
import { UsageError } from '../../src/commands/exit.ts';
import { checkRunArguments } from '../../src/commands/run-arguments.ts';
import type { RunArguments } from '../../src/commands/run-options.ts';
import { runCli } from './cli.ts';

function explain(message: string, words: string[]): string {
  const help = '      --test  Tests\n      --mos-id  ID\n      --tier  Tier';
  return explainMisunderstanding({ message, words, help, commands: ['run', 'init', 'explain'] });
}

describe('a command line that is not understood', () => {
  it('is explained in a sentence, with what was probably meant', () => {
    expect(explain('Unknown argument: tset', ['run', '--tset', 'x'])).to.equal(
      'unknown option "--tset"; did you mean "--test"?',
    );
    expect(explain('Unknown arguments: mos-ID, mosID', ['run', '--mos-ID=x'])).to.equal(
      'unknown option "--mos-ID"; did you mean "--mos-id"?',
    );
    expect(explain('Unknown argument: b.yaml', ['run', 'a.yaml', 'b.yaml'])).to.equal(
      '"b.yaml" is one argument too many for "run"',
    );
    expect(explain('Unknown argument: rnu', ['rnu'])).to.equal('unknown command "rnu"; did you mean "run"?');
    expect(explain('Did you mean run?', ['rnu'])).to.equal('unknown command "rnu"; did you mean "run"?');
    expect(explain('Not enough arguments following: out', ['run', '--out'])).to.equal('--out needs a value');
    expect(explain('Not enough non-option arguments: got 0, need at least 1', ['explain'])).to.equal(
      '"explain" needs more than that: see mos-conformance explain --help',
    );
    const help = 'mos-conformance init <host>\n\nLook at a device gently';
    const message = 'Not enough non-option arguments: got 0, need at least 1';
    expect(explainMisunderstanding({ message, words: ['init'], help, commands: ['init'] })).to.equal(
      '"init" needs <host>: see mos-conformance init --help',
    );
    const choice = 'Invalid values:\n  Argument: tier, Given: "quik", Choices: "quick", "standard", "soak"';
    expect(explain(choice, ['run', '--tier', 'quik'])).to.equal(
      '--tier quik: expected quick, standard, soak; did you mean "quick"?',
    );
  });

  it('ends with 2 and one line, through the whole program', async function () {
    this.timeout(60_000);
    expect(await runCli(['run', '--tset', 'REL-01'])).to.deep.equal({
      code: 2,
      output: '',
      complaints: 'unknown option "--tset"; did you mean "--test"?\n',
    });
  });
});

describe('the arguments of run', () => {
  const check = (given: object): RunArguments =>
    checkRunArguments({ tier: 'quick', ...given } as unknown as RunArguments);
  const refusal = (given: object): string => {
    try {
      check(given);
    } catch (error) {
      if (error instanceof UsageError) return error.message;
      throw error;
    }
    return 'accepted';
  };

  it('take lists apart at commas', () => {
    const given = check({
      test: ['REL-01, REL-02', 'HC-01@upper'],
      group: ['REL,HC'],
      fault: ['late-close=2'],
    });
    expect(given.test).to.deep.equal(['REL-01', 'REL-02', 'HC-01@upper']);
    expect(given.group).to.deep.equal(['REL', 'HC']);
    expect(given.fault).to.deep.equal(['late-close=2']);
  });

  it('are refused together, each in one sentence', () => {
    expect(refusal({ host: ['a', 'b'], seed: Number.NaN, maxTime: '0s', out: '' }).split('\n')).to.deep.equal(
      [
        '--host is given 2 times',
        '--seed: expected a whole number from 0',
        '--max-time 0s: expected a duration, such as 10m or 90s',
        '--out needs a folder',
      ],
    );
  });

  it('keep a whole number of campaigns, where each has a folder', () => {
    for (const keep of [0, -1, 1.5, Number.NaN])
      expect(refusal({ keep })).to.equal('--keep: expected a whole number from 1');
    expect(refusal({ keep: 3, out: 'reports/nightly' })).to.match(
      /^--keep is for campaigns that have a folder each; /,
    );
    expect(check({ keep: 1 }).keep).to.equal(1);
  });

  it('name faults that exist, and only for the embedded device', () => {
    expect(refusal({ fault: ['close-wait-lek'] })).to.equal(
      'unknown fault "close-wait-lek"; did you mean "close-wait-leak"?',
    );
    expect(refusal({ fault: ['close-wait-leak'], host: '127.0.0.1' })).to.match(
      /cannot be used with a device/,
    );
  });
});
