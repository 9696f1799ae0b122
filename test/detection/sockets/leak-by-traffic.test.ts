import { describeFaults } from '../table.ts';
import { SOCKET_TABLE } from './table.ts';

describeFaults({ ...SOCKET_TABLE, families: ['leak-by-traffic'] });
