import type { ListenerOwner } from './descriptors.ts';
import { commandOf, holdersOf } from './processes.ts';

/**
 * The command of a process that holds a socket of the device which the device's own processes have given up, as a
 * helper does that has inherited it. Undefined where the device holds it, or nobody that we may look at. Synchronous, 1
 * to 10 ms.
 * @param inode that of the socket
 * @param owners the processes that listen for the device
 */
export function helperHolding(inode: number, owners: readonly ListenerOwner[]): string | undefined {
  if (inode === 0 || owners.length === 0) return undefined;
  const commands = holdersOf(new Set([inode])).map((pid) => commandOf(pid));
  // A worker for each connection is the device as well: it runs the same program.
  const isDevice = (command: string | undefined): boolean =>
    command === undefined || owners.some((owner) => owner.command === command);
  return commands.some(isDevice) ? undefined : commands[0];
}
