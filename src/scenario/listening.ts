import type { Call } from '../ncs/call.ts';
import type { Listener } from '../ncs/listener.ts';

/** A listener of a test, and the calls that the test has taken from it. */
export interface Listening {
  listener: Listener;
  taken: Call[];
}
