import { isLoopback } from '../subject/address.ts';
import type { Target } from '../subject/target.ts';

/**
 * Why a device must not be touched: one that is not on this machine is somebody's, and it is touched only where
 * somebody said so. One clause, or nothing.
 */
export function whyNotTouch(target: Target): string | undefined {
  if (target.embedded || isLoopback(target.address)) return undefined;
  if (target.file !== undefined && target.permissions.size > 0) return undefined;
  return `${target.address} is not this machine: add --yes if nothing on air depends on this device, or give it permissions in a device file`;
}
