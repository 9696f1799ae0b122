/**
 * The duties from connection to robustness (sockets, MOS-CONN, MOS-ENC, MOS-FRM, MOS-ENV, MOS-ACK, MOS-HB, MOS-MI,
 * MOS-ERR) that no built-in test covers, each with the reason. A test of ours holds the list to the suites both ways.
 */
export const UNCOVERED: ReadonlyMap<string, string> = new Map([
  [
    'MOS-CONN-07',
    'Whether data survives a reset shows only in a running order that is read back. That the device accepts and serves again is SOCK-AB-01 to SOCK-AB-05.',
  ],
  ['MOS-CONN-16', 'There is nothing to fail: a device that never dials is right, and so is one that does.'],
  [
    'MOS-ENC-03',
    'Whether text survives shows only in a running order that is read back. That text of any language leaves the device undisturbed is the test ENC-03.',
  ],
  [
    'MOS-FRM-15',
    'Before the running order no message holds a number but messageID, whose hexadecimal form is MOS-ENV-07.',
  ],
  ['MOS-ENV-09', 'Whether a message was applied shows only in a running order that is read back.'],
  ['MOS-ACK-07', 'Needs a message with a roID that the device takes: a running order.'],
  ['MOS-ACK-08', 'Needs a message with a roID that the device takes: a running order.'],
  ['MOS-ACK-09', 'Whether the data was stored shows only in a running order that is read back.'],
  [
    'MOS-ACK-12',
    'Needs an operator: something must happen at the device while the newsroom is away, and nothing in Profile 0 makes it happen.',
  ],
  ['MOS-ACK-15', 'The order shows only in what two changes of a running order leave behind.'],
  [
    'MOS-CONN-10',
    'That a device dials again is SOCK-RC-08; before its next message cannot be told without an operator who makes it send one.',
  ],
  [
    'MOS-ACK-11',
    'Needs a device that dials out and sends something other than heartbeats, which are exempt.',
  ],
  [
    'MOS-HB-12',
    'Needs a device that dials out; not stated by the specification, so there is nothing to fail.',
  ],
  ['MOS-MI-10', 'Needs a device that dials out and asks the newsroom for its machine information.'],
  ['MOS-ERR-03', 'Needs a message with required children that the device takes: a running order.'],
  ['MOS-ERR-04', 'Needs a device that dials out and sends requests that a newsroom can refuse.'],
  [
    'MOS-ERR-07',
    'Needs a device that dials out and sends something other than heartbeats, which are exempt.',
  ],
  [
    'MOS-ERR-11',
    'The refusals of Profile 0 are judged by MOS-ACK-05 and MOS-ACK-06; others need a running order.',
  ],
  [
    'MOS-ERR-06',
    'The messages of Profile 0 that a device receives have one child at most, which cannot be out of order.',
  ],
]);

/** The families of requirements of which every one is covered or has its reason. */
export const SETTLED_FAMILIES: readonly string[] = [
  'SOCK',
  'MOS-CONN',
  'MOS-ENC',
  'MOS-FRM',
  'MOS-ENV',
  'MOS-ACK',
  'MOS-HB',
  'MOS-MI',
  'MOS-ERR',
];
