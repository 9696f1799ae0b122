import { describeFamily } from '../trial.ts';

describeFamily('reconnect');
