import { describeDetection } from './table.ts';

describeDetection({ groups: ['ENV', 'P0', 'LANE', 'ROB'] });
