import { describeFamily } from '../trial.ts';

describeFamily('accept');
