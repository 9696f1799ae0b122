import type { Requirement, Step, Verb } from './model.ts';
import { makeExpectation } from './make-expectation.ts';
import { makeMessage } from './make-message.ts';
import { present } from './present.ts';
import type { ARGUMENTS, WrittenStep } from './step-schema.ts';
import type { z } from 'zod';

type Written<V extends Verb> = z.output<(typeof ARGUMENTS)[V]>;

type Bare<V extends Verb> = Step extends infer S
  ? S extends { verb: V }
    ? Omit<S, 'position' | 'covers'>
    : never
  : never;

/** What the steps before know and the steps inside need. */
export interface StepMaker {
  /** Makes the inner steps that stand at this path of the arguments. */
  inner(path: readonly PropertyKey[]): Step[];
  /** The connection on which a request of this name was sent. */
  senderOf(label: string): string | undefined;
}

const MAKERS: { [V in Verb]: (written: Written<V>, maker: StepMaker) => Bare<V> } = {
  connect: (written) => {
    const { as, port = 'each', count, from } = written;
    const ownPort = from?.port === 'own' ? (true as const) : undefined;
    const samePortAs = ownPort ? undefined : from?.port?.replace(/^same-as /, '');
    return present({ verb: 'connect', as, port, count, samePortAs, ownPort });
  },
  send: (written) => ({
    ...present({ verb: 'send', on: written.on, as: written.as }),
    ...makeMessage(written),
  }),
  receive: ({ on, answers, as, within, capture }) =>
    present({ verb: 'receive', on, answers, as, within, capture: capture && { ...capture } }),
  exchange: (written) => {
    const { on, as, optional, times, within, capture, or } = written;
    const kept = capture && { ...capture };
    const exchange = present({ verb: 'exchange', on, as, optional, times, within, capture: kept, or });
    return { ...exchange, ...makeMessage(written) };
  },
  'half-close': ({ on }) => ({ verb: 'half-close', on }),
  close: ({ on }) => ({ verb: 'close', on }),
  abort: ({ on }) => ({ verb: 'abort', on }),
  vanish: ({ on }) => ({ verb: 'vanish', on }),
  'pause-reading': ({ on }) => ({ verb: 'pause-reading', on }),
  'resume-reading': ({ on }) => ({ verb: 'resume-reading', on }),
  reconnect: (written) => {
    const { on, as = written.on, 'same-port': samePort = false } = written;
    return { verb: 'reconnect', on, as, samePort };
  },
  listen: (written) => ({ verb: 'listen', as: written.as, port: written.port ?? 'each' }),
  accept: ({ on, as, within }) => present({ verb: 'accept', on, as, within }),
  wait: (written) => {
    const { until, on } = written;
    return present({ verb: 'wait', for: written.for, until, on });
  },
  repeat: ({ times }, maker) => ({ verb: 'repeat', times, steps: maker.inner(['steps']) }),
  parallel: (written, maker) => ({
    verb: 'parallel',
    branches: written.map((_branch, index) => maker.inner([index])),
  }),
  answer: ({ on, to, with: answer, delay, times, not }) =>
    present({ verb: 'answer', on, to, with: answer, delay, times, not }),
  churn: (written) => {
    const { as, port = 'each', cycles, concurrency = 1, rate, message, close = 'close', beside } = written;
    const { within = '$churnTime' as const, 'at-least': atLeast = 50 } = written;
    return present({
      verb: 'churn',
      as,
      port,
      cycles,
      concurrency,
      rate,
      within,
      atLeast,
      message,
      close,
      beside,
    });
  },
  require: (written) => ({ verb: 'require', require: makeRequirement(written) }),
  expect: (written, maker) => ({
    verb: 'expect',
    expect: makeExpectation(written, (label) => maker.senderOf(label)),
  }),
};

/** The step as the model has it, but for its position and what it covers. */
export function makeStep(written: WrittenStep, maker: StepMaker): Bare<Verb> {
  const [verb, args] = Object.entries(written)[0] as [Verb, never];
  return MAKERS[verb](args, maker);
}

function makeRequirement(written: Written<'require'>): Requirement {
  return 'habit' in written ? written.habit : present(written);
}
