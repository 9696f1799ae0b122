// Releases three connections properly and prints what their absence proves on this host.
import { absenceProves, readHostCounters } from '../../../src/observe/counters.ts';
import { connectPair, eventually, openSockDiag, statesOf } from '../support.ts';

const observer = openSockDiag();
const before = readHostCounters();
const ends: string[] = [];
for (let i = 0; i < 3; i++) {
  const pair = await connectPair();
  pair.ncs.end();
  await eventually('FIN_WAIT_2', () => statesOf(observer, pair.tuple) === 'FIN_WAIT_2/CLOSE_WAIT');
  pair.device.end();
  await eventually('the end', () => statesOf(observer, pair.tuple).endsWith('/none'));
  ends.push(statesOf(observer, pair.tuple));
  pair.close();
}
observer.close();
process.stdout.write(JSON.stringify({ ends, proves: absenceProves(before, readHostCounters()) }));
