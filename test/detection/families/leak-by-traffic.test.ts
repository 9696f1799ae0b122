import { describeFamily } from '../trial.ts';

describeFamily('leak-by-traffic');
