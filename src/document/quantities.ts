/** A duration: a number and its unit, such as `5s`, `300ms`, `1.5s`, `2m`. */
export const DURATION = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/;

/** A size: bytes, or a number and its unit, such as `512B`, `64KiB`, `32MiB`. */
export const SIZE = /^(\d{1,12}(?:\.\d{1,3})?)(B|KiB|MiB|GiB)$/;

/** A share, such as `50%`. */
export const PERCENT = /^(\d{1,3}(?:\.\d{1,3})?)%$/;

/** A reference to a parameter or a capture. */
export const REFERENCE = /^\$([A-Za-z][A-Za-z0-9_]*)$/;

const MILLISECONDS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const BYTES: Record<string, number> = { B: 1, KiB: 1_024, MiB: 1_048_576, GiB: 1_073_741_824 };

/** The longest duration that a timer of Node can hold, about 24.8 days, in ms. */
const LONGEST_DURATION = 2_147_483_647;

/** ms, rounded to whole ones; undefined where the text is no duration or a timer could not hold it. */
export function parseDuration(text: string): number | undefined {
  const value = scaled(text, DURATION, MILLISECONDS);
  return value !== undefined && value <= LONGEST_DURATION ? value : undefined;
}

/** Bytes, rounded to whole ones; undefined where the text is no size. */
export function parseSize(text: string): number | undefined {
  const value = scaled(text, SIZE, BYTES);
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}

/** A share from 0 to 1; undefined where the text is no percentage from 0 to 100. */
export function parsePercent(text: string): number | undefined {
  const share = Number(PERCENT.exec(text)?.[1] ?? NaN) / 100;
  return share <= 1 ? share : undefined;
}

function scaled(text: string, pattern: RegExp, units: Record<string, number>): number | undefined {
  const [, amount, unit] = pattern.exec(text) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  return Math.round(Number(amount) * (units[unit] ?? NaN));
}
