/** One measurement beside what a user would use instead. */
export interface Row {
  name: string;
  /** The median of what was measured. */
  value: number;
  unit: string;
  /** The median of the other, in the same unit. */
  against: number;
  /** The one divided by the other. */
  ratio: number;
  /** The lowest and the highest of the ratios of each pair. */
  spread: [number, number];
}

/** A row of pairs that were measured in turn: ours first, then the other. */
export function rowOf(name: string, unit: string, pairs: readonly (readonly [number, number])[]): Row {
  const value = median(pairs.map(([ours]) => ours));
  const against = median(pairs.map(([, other]) => other));
  const ratios = pairs.map(([ours, other]) => ours / other);
  const spread: Row['spread'] = [Math.min(...ratios), Math.max(...ratios)];
  return { name, value, unit, against, ratio: value / against, spread };
}

/** A row as one line of a table. */
export function lineOf({ name, value, unit, against, ratio, spread }: Row): string {
  const [low, high] = spread.map((one) => one.toFixed(2));
  return `${name.padEnd(44)} ${shown(value).padStart(7)} ${unit}, against ${shown(against)}: ${ratio.toFixed(2)} (${low} to ${high})`;
}

function shown(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 2 : 0);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}
