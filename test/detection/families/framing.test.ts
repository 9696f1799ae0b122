import { describeFamily } from '../trial.ts';

describeFamily('framing');
