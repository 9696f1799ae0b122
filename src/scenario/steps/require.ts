import type { Requirement } from '../../suite/model.ts';
import { REVISIONS } from '../../target/target.ts';
import type { TestRun } from '../run.ts';
import { NotApplicable } from '../step-failure.ts';

const HABIT_WORDS: Record<string, string> = {
  answers: 'answers what it is asked on this port',
  'keeps-connections': 'keeps a connection open after a reply',
  'closes-first': 'closes a connection before the NCS does',
  'serves-two': 'serves two connections on one port',
  'dials-out': 'dials out to the NCS',
  'closes-older': 'closes the older connection when the NCS dials again',
};

/** Ends the test as not applicable, with the reason, where what it needs is not given. */
export function requireStep(run: TestRun, needed: Requirement): void {
  const reason = unmet(run, needed);
  if (reason !== undefined) throw new NotApplicable(reason);
}

function unmet(run: TestRun, needed: Requirement): string | undefined {
  const { target } = run.context;
  if ('habit' in needed) {
    if (run.context.hasHabit(needed.habit, run.port) === needed.is) return undefined;
    const words = HABIT_WORDS[needed.habit] ?? needed.habit;
    return needed.is ? `not a device that ${words}` : `a device that ${words}`;
  }
  if ('privilege' in needed) return unmetPrivilege(run, needed.privilege);
  if ('connections' in needed) {
    const wanted = run.values.count(needed.connections);
    return target.maxConnections >= wanted
      ? undefined
      : `needs ${wanted} connections, the device declares ${target.maxConnections}`;
  }
  if ('claims' in needed) {
    return target.profiles.includes(needed.claims)
      ? undefined
      : `the device does not claim Profile ${needed.claims}`;
  }
  if ('revision' in needed) return unmetRevision(target.revision, needed.revision);
  const missing = needed.ports.filter((port) => target.ports[port] === undefined);
  return missing.length === 0 ? undefined : `the device declares no ${missing.join(' and no ')} port`;
}

function unmetPrivilege(run: TestRun, privilege: string): string | undefined {
  if (privilege === 'descriptors') {
    return run.context.descriptors
      ? undefined
      : "the descriptors of the device's process are not visible here";
  }
  if (privilege === 'device-vantage') {
    return run.context.seesDevice ? undefined : "nothing here sees the device's end of a connection";
  }
  if (privilege === 'vanish') return run.context.canVanish ? undefined : run.context.whyNotVanish;
  return undefined;
}

function unmetRevision(claimed: string, wanted: string): string | undefined {
  const [, operator = '>=', revision = ''] = /^(>=|<=|<|>|=)?\s*(.+)$/.exec(wanted) ?? [];
  const difference = REVISIONS.indexOf(claimed as never) - REVISIONS.indexOf(revision as never);
  const met =
    operator === '>='
      ? difference >= 0
      : operator === '<='
        ? difference <= 0
        : operator === '<'
          ? difference < 0
          : operator === '>'
            ? difference > 0
            : difference === 0;
  return met ? undefined : `for revision ${wanted}, the device claims ${claimed}`;
}
