import type { PortName } from '../history/facts.ts';
import type { Transport } from './transport.ts';

/** A port that is listened on. */
export interface Listening {
  readonly port: number;
  /** The literal address. */
  readonly address: string;
  /** Takes no further connections; resolves when those it took are gone. */
  stop(): Promise<void>;
}

/** What is told of an attempt to reach a newsroom. */
export interface Attempt {
  /** It was reached. */
  up(transport: Transport): void;
  /** It was not reached, or the connection that came about is gone; said before the transport says so. */
  down(): void;
}

/** Where a device listens and where it dials. */
export interface Network {
  /** Whether connections are sockets of the kernel: some faults are about nothing else. */
  readonly hasSockets: boolean;
  /**
   * Listens for one MOS port and hands over each connection as it comes.
   * @param wanted the port number, or undefined for a free one
   * @throws DeviceError naming the port and the reason
   */
  listen(
    name: PortName,
    wanted: number | undefined,
    host: string,
    accept: (transport: Transport) => void,
  ): Promise<Listening>;
  /** Dials; the result gives up the attempt, and the connection that came of it. */
  dial(host: string, port: number, attempt: Attempt): () => void;
}
