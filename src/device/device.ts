import { Device } from './core.ts';
import type { Network } from './network.ts';
import type { DeviceOptions, RunningDevice } from './options.ts';
import { TCP } from './tcp.ts';

/**
 * Starts an embedded reference device: correct in everything, but for the faults and habits switched on.
 * @param network where it listens and dials
 * @throws DeviceError where it cannot be had as asked: unknown fault, port taken, no such address
 */
export function createDevice(options: DeviceOptions = {}, network: Network = TCP): Promise<RunningDevice> {
  return Promise.resolve().then(() => new Device(options, network).start());
}
