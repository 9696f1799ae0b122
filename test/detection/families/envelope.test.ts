import { describeFamily } from '../trial.ts';

describeFamily('envelope');
