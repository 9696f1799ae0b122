const EVERY_STALL = ['ST-01', 'ST-02', 'ST-03'];

/**
 * Faults that show when the NCS comes back or beside somebody in the way, with everything that they fail in the
 * groups CON, REL, HC, RC, ST and AB: only together do these tests tell them apart.
 */
export const RECONNECT_ROWS: Readonly<Record<string, readonly string[]>> = {
  'stale-session-refuses': ['CON-02', 'CON-03', 'RC-04', 'RC-05', 'RC-07', ...EVERY_STALL],
  'refuses-recall': ['AB-05', 'AB-06', 'RC-01', 'RC-02', 'RC-03', 'RC-06', 'REL-09'],
  'refuses-same-port': ['RC-06'],
  'reply-on-old-connection': ['CON-02', 'CON-03', 'RC-04', 'RC-05', 'RC-07', ...EVERY_STALL],
  'replies-on-wrong-connection': ['AB-05', 'AB-06', 'CON-02', 'RC-05O', 'REL-09'],
  'holds-vanished-ncs': ['RC-07'],
  'leak-after-reset': ['RC-03'],
  'one-connection-at-a-time': ['CON-02', 'CON-03', 'RC-04', 'RC-05', 'RC-07', ...EVERY_STALL],
  'blocks-while-idle': ['CON-02', 'CON-03', 'RC-05O'],
  'blocks-while-drip': EVERY_STALL,
  'blocks-while-not-reading': ['ST-02'],
  'blocks-while-endless': ['ST-03'],
  'buffers-endless-message': ['ST-04?'],
  'slow-accept': ['AB-04', 'AB-05', 'AB-06', 'CON-03', 'HC-04', 'REL-03', 'REL-06', 'REL-09'],
  'answers-half-close-then-leaks': ['HC-05', 'HC-06', 'REL-05H'],
  'fin-after-accept': [
    ...['AB-01', 'AB-02', 'AB-03', 'AB-04', 'AB-05', 'AB-06', 'CON-01', 'CON-02', 'CON-03', 'CON-04'],
    ...['HC-01', 'HC-03', 'HC-04', 'HC-05', 'HC-06', 'RC-01', 'RC-02', 'RC-03', 'RC-04', 'RC-05', 'RC-06'],
    ...['RC-07', 'REL-01', 'REL-02', 'REL-03', 'REL-04', 'REL-05', 'REL-05H', 'REL-06', 'REL-07', 'REL-08'],
    ...['REL-09', 'REL-10', 'REL-11', 'REL-12', 'ST-01', 'ST-03', 'ST-04'],
  ],
};

/** Parameters that make these faults quick enough for a test. */
export const RECONNECT_PARAMETERS: Readonly<Record<string, string>> = { 'refuses-recall': '1500' };

/** The rows that fail something in some groups, with what they fail there. */
export function rowsOf(isOfGroup: (id: string) => boolean): Readonly<Record<string, readonly string[]>> {
  const rows = Object.entries(RECONNECT_ROWS).map(([name, ids]) => [name, ids.filter(isOfGroup)] as const);
  return Object.fromEntries(rows);
}
