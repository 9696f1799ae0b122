import { describeFamily } from '../trial.ts';

describeFamily('release');
