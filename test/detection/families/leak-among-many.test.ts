import { describeFamily } from '../trial.ts';

describeFamily('leak-among-many');
