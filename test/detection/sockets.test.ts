import { describeDetection } from './table.ts';

describeDetection({
  groups: ['CON', 'REL', 'HC', 'AB'],
  named: true,
  families: ['release', 'half-close', 'service', 'stall'],
});
