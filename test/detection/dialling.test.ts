import { describeDetection } from './table.ts';

describeDetection({
  groups: ['RC', 'ENV', 'P0', 'LANE'],
  stage: 'dialling',
  referencePorts: ['lower', 'upper'],
  named: true,
});

describeDetection({ groups: ['P0'], stage: 'beating', referencePorts: ['lower', 'upper'], named: true });
