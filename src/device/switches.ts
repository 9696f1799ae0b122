import type { Variation } from './behaviour.ts';
import { DeviceError, UnknownVariation } from './options.ts';

/** A fault or habit that was asked for, with its number. */
export interface Switched<T extends Variation> {
  name: string;
  variation: T;
  value: number;
}

/**
 * Finds what `name` and `name=value` ask for.
 * @throws UnknownVariation for a name that does not exist, DeviceError for a value that is none
 */
export function switchedOn<T extends Variation>(
  kind: 'fault' | 'habit',
  known: ReadonlyMap<string, T>,
  wanted: readonly string[],
): Switched<T>[] {
  return wanted.map((word) => {
    const [name = '', ...rest] = word.split('=');
    const variation = known.get(name);
    if (!variation) throw new UnknownVariation(kind, name, [...known.keys()]);
    const { parameter } = variation;
    if (rest.length === 0) return { name, variation, value: parameter?.default ?? 0 };
    if (!parameter) throw new DeviceError(`the ${kind} "${name}" takes no value`);
    const text = rest.join('=');
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
      throw new DeviceError(`the ${kind} "${name}" takes a number (${parameter.means}), not "${text}"`);
    }
    return { name, variation, value };
  });
}

/** An index by name; two of one name are a mistake of ours. */
export function byName<T extends { name: string }>(variations: readonly T[]): ReadonlyMap<string, T> {
  const index = new Map(variations.map((variation) => [variation.name, variation]));
  if (index.size !== variations.length) throw new Error('two share a name');
  return index;
}
