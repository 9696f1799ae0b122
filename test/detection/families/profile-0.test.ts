import { describeFamily } from '../trial.ts';

describeFamily('profile-0');
