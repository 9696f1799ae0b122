import { describeDetection } from './group.ts';

describeDetection({
  groups: ['ENV', 'P0', 'LANE', 'ROB'],
  fails: {},
});
