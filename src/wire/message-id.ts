/** The largest messageID: a signed 32-bit integer (MOS 2.8.5 section 4.1.6). */
export const MAX_MESSAGE_ID = 0x7fffffff;

/**
 * The value of a number as MOS writes it: decimal, or hexadecimal behind `0x` or `x` (MOS 2.8.5 sections 2.1 and 6).
 * Undefined where the text is no number, or one that cannot be told exactly.
 */
export function parseMosNumber(text: string): number | undefined {
  const parts = /^([+-]?)(?:0?x([0-9a-f]+)|(\d+))$/i.exec(text.trim());
  if (!parts) return undefined;
  const [, sign, hexadecimal, decimal] = parts;
  const value = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  if (!Number.isSafeInteger(value)) return undefined;
  return sign === '-' && value !== 0 ? -value : value;
}

/** Whether a number may be a messageID (MOS 2.8.5 section 4.1.6: 1 and above, 32 bits signed). */
export function isMessageIdInRange(value: number): boolean {
  return value >= 1 && value <= MAX_MESSAGE_ID;
}
