import { describeReference } from '../table.ts';
import { SOCKET_TABLE } from './table.ts';

describeReference(SOCKET_TABLE);
