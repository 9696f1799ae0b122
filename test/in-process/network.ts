import type { Listening, Network as DeviceNetwork } from '../../src/device/network.ts';
import type { Transport } from '../../src/device/transport.ts';
import type { Network as NcsNetwork, Stream } from '../../src/ncs/network.ts';
import { DeviceEnd } from './device-end.ts';
import { End } from './link.ts';
import { NcsEnd } from './ncs-end.ts';

const ADDRESS = '127.0.0.1';

/** Where ports that somebody listens on begin, and those that somebody dials from. */
const FIRST_LISTENING = 20_001;
const FIRST_DIALLING = 40_001;

/**
 * A network of one newsroom and one device within this process, without sockets: bytes, FIN and reset behave as those
 * of TCP do, in turns of the event loop. There is no kernel to ask about states, and nothing can vanish.
 */
export class InProcessNetwork {
  readonly #devicePorts = new Map<number, (transport: Transport) => void>();
  readonly #ncsPorts = new Map<number, (stream: Stream) => void>();
  #lastListening = FIRST_LISTENING - 1;
  #lastDialling = FIRST_DIALLING - 1;

  /** The newsroom's side. */
  readonly ncs: NcsNetwork = {
    connect: (remote, own) => {
      if (own?.localPort !== undefined) throw new Error('a local port of choice needs a socket');
      const stream = new NcsEnd();
      setImmediate(() => this.#connect(stream, remote.port));
      return stream;
    },
    listen: (port, accept) => {
      this.#ncsPorts.set(port, accept);
      return Promise.resolve({ close: () => void this.#ncsPorts.delete(port) });
    },
  };

  /** The device's side. */
  readonly device: DeviceNetwork = {
    hasSockets: false,
    listen: (_name, wanted, _host, accept) => {
      const port = wanted ?? this.freePort();
      this.#devicePorts.set(port, accept);
      const stop = (): Promise<void> => Promise.resolve(void this.#devicePorts.delete(port));
      return Promise.resolve<Listening>({ port, address: ADDRESS, stop });
    },
    dial: (_host, port, attempt) => {
      let hangUp = (): void => {};
      setImmediate(() => {
        const accept = this.#ncsPorts.get(port);
        if (!accept) return attempt.down();
        const [here, there] = End.pair();
        const stream = new NcsEnd();
        const from = this.#nextDialling();
        const transport = new DeviceEnd(here, { address: ADDRESS, port }, () => attempt.down());
        hangUp = () => transport.drop();
        stream.connected(there, endsOf(port, from));
        accept(stream);
        attempt.up(transport);
      });
      return () => hangUp();
    },
  };

  /** A port that nobody listens on. */
  freePort(): number {
    this.#lastListening += 1;
    return this.#lastListening;
  }

  #nextDialling(): number {
    this.#lastDialling += 1;
    return this.#lastDialling;
  }

  #connect(stream: NcsEnd, port: number): void {
    if (stream.destroyed) return;
    const accept = this.#devicePorts.get(port);
    if (!accept) return stream.refused();
    const [here, there] = End.pair();
    const from = this.#nextDialling();
    stream.connected(here, endsOf(from, port));
    accept(new DeviceEnd(there, { address: ADDRESS, port: from }));
  }
}

function endsOf(localPort: number, remotePort: number): Parameters<NcsEnd['connected']>[1] {
  return { localAddress: ADDRESS, localPort, remoteAddress: ADDRESS, remotePort };
}
