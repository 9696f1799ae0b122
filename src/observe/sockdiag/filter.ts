const SOURCE_PORT_EQUALS = 11;
const DESTINATION_PORT_EQUALS = 12;
const JUMP = 1;
const REQ_BYTECODE = 1;

/** One comparison: {code, yes 8, no 12}, {0, 0, port}, then a jump to the end where it held. */
const COMPARISON = 12;

/** Most ports that {@link portFilter} takes: the audit of the kernel walks the program once for each jump. */
export const MOST_PORTS = 32;

/**
 * The attribute that lets the kernel pass on only the sockets with one of these ports at either end
 * (struct inet_diag_bc_op, audited and run by net/ipv4/inet_diag.c).
 * @param ports one to {@link MOST_PORTS} of them
 */
export function portFilter(ports: readonly number[]): Uint8Array {
  const comparisons = ports.flatMap((port) => [
    { code: SOURCE_PORT_EQUALS, port },
    { code: DESTINATION_PORT_EQUALS, port },
  ]);
  const length = comparisons.length * COMPARISON - 4;
  const attribute = new Uint8Array(4 + length);
  const shorts = new Uint16Array(attribute.buffer);
  shorts[0] = attribute.length;
  shorts[1] = REQ_BYTECODE;
  comparisons.forEach(({ code, port }, i) => {
    const at = i * COMPARISON;
    const put = (offset: number, operation: number, yes: number, no: number): void => {
      const start = 4 + at + offset;
      attribute[start] = operation;
      attribute[start + 1] = yes;
      shorts[(start + 2) / 2] = no;
    };
    // A comparison that fails goes to the next one; after the last it goes four bytes too far, which rejects.
    put(0, code, 8, 12);
    put(4, 0, 0, port);
    // `yes` of a jump only has to lead the audit on; `no` is where it goes: the end, which accepts.
    if (i < comparisons.length - 1) put(8, JUMP, 4, length - (at + 8));
  });
  return attribute;
}
