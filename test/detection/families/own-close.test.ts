import { describeFamily } from '../trial.ts';

describeFamily('own-close');
