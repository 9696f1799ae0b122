import type { Socket } from 'node:net';
import { ucs2 } from '../device/client.ts';

const MACHINE = '<listMachInfo><manufacturer/><model/><time>2026-01-01T00:00:00Z</time></listMachInfo>';
/** The body of a heartbeat. */
export const BEAT = '<heartbeat><time>2026-01-01T00:00:00Z</time></heartbeat>';

/** A message in UCS-2, with or without a messageID. */
export function message(body: string, id = ''): Buffer {
  const envelope = '<mosID>a.mos</mosID><ncsID>b.ncs</ncsID>';
  return ucs2(`<mos>${envelope}${id && `<messageID>${id}</messageID>`}${body}</mos>`);
}

/** A peer that answers, unless `before` takes a message over; `count` says which message of its connection it is. */
export function peer(
  before: (name: string, socket: Socket, count: number) => boolean = () => false,
): (socket: Socket) => void {
  return (socket) => {
    const decoder = new TextDecoder('utf-16be', { ignoreBOM: true });
    let text = '';
    let count = 0;
    socket.on('end', () => socket.end());
    socket.on('data', (bytes: Buffer) => {
      text += decoder.decode(bytes, { stream: true });
      for (let end = text.indexOf('</mos>'); end >= 0; end = text.indexOf('</mos>')) {
        const asked = text.slice(0, end);
        text = text.slice(end + '</mos>'.length);
        const name = asked.includes('<reqMachInfo') ? 'reqMachInfo' : 'heartbeat';
        count += 1;
        if (before(name, socket, count)) continue;
        const id = /<messageID>(\d+)</.exec(asked)?.[1];
        socket.write(message(name === 'heartbeat' ? BEAT : MACHINE, id));
      }
    });
  };
}
