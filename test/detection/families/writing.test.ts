import { describeFamily } from '../trial.ts';

describeFamily('writing');
