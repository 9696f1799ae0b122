import { describeDetection } from './table.ts';

describeDetection({ groups: ['GRID'] });
