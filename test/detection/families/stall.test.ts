import { describeFamily } from '../trial.ts';

describeFamily('stall');
