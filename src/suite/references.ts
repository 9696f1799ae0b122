import type { Expectation, Step } from './model.ts';
import type { NameKind } from './scope.ts';

/** A name that a step uses, and the key under which it stands. */
export interface Reference {
  key: string;
  name: string;
  kinds: readonly NameKind[];
}

const CONNECTIONS: readonly NameKind[] = ['connection'];
const ENDS: readonly NameKind[] = ['connection', 'churn'];
const RECEIVED: readonly NameKind[] = ['received'];

/** The names that a step uses, its inner steps aside. */
export function referencesOf(step: Step): Reference[] {
  switch (step.verb) {
    case 'connect':
      return optional('from', step.samePortAs, CONNECTIONS);
    case 'receive':
      return [
        { key: 'on', name: step.on, kinds: CONNECTIONS },
        ...optional('answers', step.answers, ['sent']),
      ];
    case 'accept':
      return [{ key: 'on', name: step.on, kinds: ['listener'] }];
    case 'answer':
      return [{ key: 'on', name: step.on, kinds: ['connection', 'listener'] }];
    case 'wait':
      return optional('on', step.on, CONNECTIONS);
    case 'churn':
      return optional('beside', step.beside, CONNECTIONS);
    case 'expect':
      return expected(step.expect);
    case 'listen':
    case 'repeat':
    case 'parallel':
      return [];
    case 'require':
      if ('closed' in step.require) return optional('closed', step.require.closed, CONNECTIONS);
      return 'answered' in step.require
        ? [{ key: 'answered', name: step.require.answered, kinds: ['sent'] }]
        : optional('on', 'on' in step.require ? step.require.on : undefined, RECEIVED);
    default:
      return [{ key: 'on', name: step.on, kinds: CONNECTIONS }];
  }
}

function expected(expect: Expectation): Reference[] {
  switch (expect.kind) {
    case 'serving':
    case 'listening':
      return [];
    case 'answered':
      return [
        { key: 'answered', name: expect.answers, kinds: ['sent'] },
        // Without a connection of its own, it is that of the request, whose absence is reported above.
        ...optional('on', expect.on === '' ? undefined : expect.on, CONNECTIONS),
      ];
    case 'own':
    case 'never':
      return [{ key: 'on', name: expect.on, kinds: CONNECTIONS }];
    case 'no-message':
      return [
        { key: 'on', name: expect.on, kinds: CONNECTIONS },
        ...optional('to', expect.answers, ['sent']),
      ];
    case 'field':
      return [{ key: 'on', name: expect.on, kinds: RECEIVED }];
    case 'message':
      return [
        { key: 'on', name: expect.on, kinds: ['received', 'connection'] },
        ...optional('like', expect.like, ['received', 'sent']),
      ];
    case 'churn':
      return [{ key: 'on', name: expect.on, kinds: ['churn'] }];
    default:
      return [{ key: 'on', name: expect.on, kinds: ENDS }];
  }
}

function optional(key: string, name: string | undefined, kinds: readonly NameKind[]): Reference[] {
  return name === undefined ? [] : [{ key, name, kinds }];
}
