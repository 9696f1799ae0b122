import { describeFamily } from '../trial.ts';

describeFamily('half-close');
