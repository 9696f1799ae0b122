import { describeFamily } from '../trial.ts';

describeFamily('churn');
