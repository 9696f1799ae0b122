/** The ports of MOS 2.8.5 section 2.1: lower, upper, query. */
export const MOS_PORTS: readonly number[] = [10_540, 10_541, 10_542];

/**
 * The ports that `--ports 10540,10541` names.
 * @returns undefined where the text is no list of ports
 */
export function parsePorts(text: string): number[] | undefined {
  const ports = text.split(',').map((part) => (/^\s*\d{1,5}\s*$/.test(part) ? Number(part) : 0));
  return ports.every((port) => port >= 1 && port <= 65_535) ? [...new Set(ports)] : undefined;
}
