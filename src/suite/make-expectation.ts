import type { WrittenExpectation } from './expectation-schema.ts';
import type { Expectation } from './model.ts';
import { present } from './present.ts';

/**
 * The expectation as the model has it. Without `within`, what concerns a release has the release time.
 * @param senderOf the connection on which a request of this name was sent, where one was
 */
export function makeExpectation(
  written: WrittenExpectation,
  senderOf: (label: string) => string | undefined,
): Expectation {
  if ('path' in written) {
    const { on, path, equals, matches, exists } = written;
    return present({ kind: 'field' as const, on, path, equals, matches, exists, oneOf: written['one-of'] });
  }
  if ('serving' in written) {
    const { port = 'each', within } = written;
    return present({ kind: 'serving' as const, port, within });
  }
  if ('listening' in written) return { kind: 'listening', port: written.port ?? 'each' };
  if ('answered' in written) {
    const { answered: answers, by, within, times, note } = written;
    const on = written.on ?? senderOf(answers) ?? '';
    return present({ kind: 'answered' as const, on, answers, by, within, times, note });
  }
  if ('no' in written) {
    const message = written.no === 'message' || written.no === 'answer' ? undefined : written.no;
    return present({
      kind: 'no-message' as const,
      on: written.on,
      message,
      answers: written.to,
      for: written.for,
    });
  }
  if ('check' in written) {
    const { on, check, like, note } = written;
    return present({ kind: 'message' as const, on, check, like, note });
  }
  if ('ended' in written) return { kind: 'ended', on: written.on, within: written.within ?? '$releaseTime' };
  if ('own' in written) {
    const { on, own: check, to } = written;
    return present({ kind: 'own' as const, on, check, to, for: written.for });
  }
  if ('never' in written) return { kind: 'never', on: written.on, text: written.never, for: written.for };
  if ('descriptors' in written) return { kind: 'descriptors', on: written.on, ...written.descriptors };
  if ('churn' in written) {
    return present({ kind: 'churn' as const, on: written.on, check: written.churn, level: written.level });
  }
  return makeConnectionExpectation(written);
}

type AboutConnection = Extract<
  WrittenExpectation,
  { released: unknown } | { state: unknown } | { outcome: unknown } | { open: unknown }
>;

function makeConnectionExpectation(written: AboutConnection): Expectation {
  const { on } = written;
  if ('open' in written) return present({ kind: 'open' as const, on, for: written.for, note: written.note });
  const within = written.within ?? '$releaseTime';
  if ('released' in written) return { kind: 'released', on, ends: written.released, within };
  if ('state' in written) return { kind: 'state', on, state: written.state, at: written.at ?? 'ncs', within };
  return { kind: 'outcome', on, outcome: written.outcome, within };
}
