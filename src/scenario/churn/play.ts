import type { ChurnReport } from '../../history/churn/report.ts';
import type { Means } from '../../history/facts.ts';
import { isUnavailable } from '../../native/koffi.ts';
import { openLibc } from '../../native/libc.ts';
import { runChurn } from '../../ncs/churn.ts';
import type { ChurnOptions } from '../../ncs/churn/options.ts';
import { churnInThread } from './thread.ts';

/**
 * Runs a churn on the kernel's own calls where that can be done, and else on Node's sockets. The report says on what.
 * @param how.means what `lookUp` looks with; only netlink can do so in another thread
 * @param how.engine forces Node's sockets
 */
export async function playChurn(
  options: ChurnOptions,
  how: { means?: Means | undefined; engine?: 'node' } = {},
): Promise<ChurnReport> {
  if (how.engine === 'node') return runChurn(options);
  const looks = options.lookUp !== undefined;
  const cannot = whyNot(options, looks ? how.means : undefined);
  const report = cannot === undefined ? await churnInThread(options, looks) : { unavailable: cannot };
  return isUnavailable(report) ? { ...(await runChurn(options)), whyNode: report.unavailable } : report;
}

/** Why the kernel's calls cannot be used for this, in a sentence. */
function whyNot({ remote }: ChurnOptions, means: Means | undefined): string | undefined {
  const libc = openLibc();
  if (isUnavailable(libc)) return libc.unavailable;
  if (remote.address.includes('%')) return 'an address with a zone is for Node to resolve';
  return means === undefined || means === 'sock_diag'
    ? undefined
    : `${means} cannot look from another thread`;
}
