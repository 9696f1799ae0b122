import { describeFamily } from '../trial.ts';

describeFamily('answers');
