import { describeFamily } from '../trial.ts';

describeFamily('service');
