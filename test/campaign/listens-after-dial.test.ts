import { expect } from 'chai';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { peer } from './peer.ts';
import { openPeers, trial, trialTarget } from './trial.ts';

/** ms between two attempts of the device to reach the newsroom. */
const DIALS_MS = 50;

/** A device that begins to listen on a port once it has reached the newsroom. */
class LateListener {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(ncs: number, port: number) {
    const serve = peer();
    const dial = (): void => {
      const call = connect(ncs, '127.0.0.1');
      this.#sockets.add(call);
      call.on('error', () => (this.#timer = setTimeout(dial, DIALS_MS)));
      call.on('connect', () => {
        this.#server = createServer({ allowHalfOpen: true }, (socket) => {
          this.#sockets.add(socket.on('error', () => socket.destroy()));
          serve(socket);
        }).listen(port, '127.0.0.1');
      });
    };
    dial();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

describe('a device that listens only after it has dialled', () => {
  it('is waited for where the device file says that it may dial', async () => {
    // Ports that were just free, one for the newsroom and one for the device.
    const { ports, close } = await openPeers(() => undefined);
    close();
    const device = new LateListener(ports.lower, ports.upper);
    try {
      const target = trialTarget({ ports: { upper: ports.upper }, listen: { upper: ports.lower } });
      const { of } = await trial(target, ['CON-01']);
      expect(of('SAN-OPEN').verdict).to.equal('pass');
      expect(of('CON-01@upper').verdict).to.equal('pass');
    } finally {
      device.close();
    }
  });
});
