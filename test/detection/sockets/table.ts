import type { DetectionTable } from '../table.ts';

/** The socket tests that are held to their rows by `npm test`, a file a family, so that they run beside each other. */
export const SOCKET_TABLE: DetectionTable = { groups: ['CON', 'REL', 'HC', 'AB'], named: true };
