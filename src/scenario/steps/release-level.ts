import type { Level } from '../../results/verdict.ts';
import type { TestRun } from '../run.ts';

/**
 * Behind a proxy our end shows what the proxy does: a release that is missed there is a remark about the device, and
 * nothing more. Otherwise the requirement says what it weighs.
 */
export function releaseLevel(run: TestRun): Level | undefined {
  return run.context.target.path === 'proxied' ? 'should' : undefined;
}
