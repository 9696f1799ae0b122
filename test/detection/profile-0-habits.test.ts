import { describeUnusual } from './unusual.ts';
import { SOCKETS } from './ways.ts';

describeUnusual(SOCKETS);
