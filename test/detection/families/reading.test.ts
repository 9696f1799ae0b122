import { describeFamily } from '../trial.ts';

describeFamily('reading');
