import { describeFamily } from '../trial.ts';

describeFamily('lanes');
