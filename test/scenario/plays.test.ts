import { expect } from 'chai';
import { PLAYS } from '../../src/scenario/plays.ts';
import type { StepOf, Verb } from '../../src/suite/model.ts';
import { VERBS } from '../../src/suite/verbs/index.ts';

type Plays = { [V in Verb]: (run: never, step: StepOf<V>, playSteps: never) => void | Promise<void> };

describe('the player', () => {
  it('plays every verb of the language', () => {
    expect(Object.keys(PLAYS)).to.have.members(Object.keys(VERBS));
  });

  it('does not compile without a play for every verb, nor with a play for other arguments', () => {
    const { churn: _churn, ...fewer } = PLAYS;
    // @ts-expect-error the play of churn is missing
    const incomplete: Plays = fewer;
    // @ts-expect-error close has no cycles
    const wrong: Plays = { ...PLAYS, close: (_run: never, { cycles }: StepOf<'churn'>) => void cycles };
    const complete: Plays = PLAYS;
    expect([incomplete, wrong, complete]).to.have.length(3);
  });
});
