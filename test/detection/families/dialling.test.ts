import { describeFamily } from '../trial.ts';

describeFamily('dialling');
