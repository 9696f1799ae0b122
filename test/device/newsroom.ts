import { createServer, type Server, type Socket } from 'node:net';

/** A newsroom at the level of sockets that waits to be called. */
export interface Newsroom {
  readonly port: number;
  /** Every connection it was called on, oldest first. */
  readonly sockets: Socket[];
  /** What came on each of them, read as UCS-2 with the high byte first. */
  readonly texts: string[];
  /** Whole messages of one connection. */
  messages(index: number): string[];
  close(): void;
}

const open: Newsroom[] = [];

/** A newsroom that listens below the ephemeral range, on this port if one is given, and says nothing. */
export async function newsroom(wanted?: number): Promise<Newsroom> {
  const sockets: Socket[] = [];
  const texts: string[] = [];
  const accept = (socket: Socket): void => {
    const index = sockets.push(socket) - 1;
    const decoder = new TextDecoder('utf-16be');
    texts[index] = '';
    socket.on('data', (chunk) => (texts[index] += decoder.decode(chunk, { stream: true })));
    socket.on('error', () => {});
  };
  const { server, port } = await listenBelow(accept, wanted);
  const made: Newsroom = {
    port,
    sockets,
    texts,
    messages: (index) => texts[index]?.match(/<mos>.*?<\/mos>/gs) ?? [],
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  open.push(made);
  return made;
}

/** Ends every newsroom of the test. */
export function closeNewsrooms(): void {
  for (const each of open.splice(0)) each.close();
}

/** The messageID of a message. */
export function idOf(message: string | undefined): string {
  return /<messageID>(\d+)</.exec(message ?? '')?.[1] ?? '';
}

async function listenBelow(
  accept: (socket: Socket) => void,
  wanted?: number,
): Promise<{ server: Server; port: number }> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = wanted ?? 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer({ allowHalfOpen: false }, accept);
    const listens = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (listens) return { server, port };
  }
  throw new Error('no free port');
}
