import { describeFamily } from '../trial.ts';

describeFamily('robustness');
