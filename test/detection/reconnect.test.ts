import { describeDetection, describeReference } from './table.ts';

describeReference({ groups: ['RC', 'ST'] });
describeDetection({ groups: ['DC'], stage: 'closing', named: true });
