import { XMLParser } from 'fast-xml-parser';
import { encodeText } from '../src/wire/encoding.ts';
import { Framer } from '../src/wire/framer.ts';
import { msOf, once, paired, type Manner } from './bench.ts';
import { heapMB } from './heap.ts';
import type { Row } from './row.ts';

const READ = 64 * 1024;
const SEGMENT = 1_460;
const OBJECTS = 5_000;
const MESSAGES = 8;

/** Bytes of a message that comes byte by byte, and of one that is a quarter of it. */
const DRIPPED = 4 * 1024 * 1024;

/** Heartbeats that pass through one framer; the heap is looked at after each quarter of them. */
const HEARTBEATS = 1_000_000;

/** Tag-dense: a list of objects whose values are short, about 12 bytes of text a tag. */
function listOfObjects(count: number): string {
  const object = (n: number): string =>
    `<mosObj><objID>CLIP-${n}</objID><objSlug>Harbour ${n}</objSlug><objType>VIDEO</objType><objTB>50</objTB>` +
    `<objRev>3</objRev><objDur>1250</objDur><status>UPDATED</status><objAir>READY</objAir>` +
    `<createdBy>ingest</createdBy><created>2026-03-01T06:00:00</created><changedBy>ingest</changedBy>` +
    `<changed>2026-03-01T06:10:00</changed><description/></mosObj>`;
  const objects = Array.from({ length: count }, (_, n) => object(n)).join('');
  return `<mos><mosID>a.b.mos</mosID><ncsID>c.d.mos</ncsID><messageID>7</messageID><mosListAll>${objects}</mosListAll></mos>`;
}

/**
 * How fast message boundaries are found in UCS-2 input, in MB of wire bytes a second, against fast-xml-parser, which
 * one would take instead (it needs the text decoded and the messages cut first, and is given both); and whether the
 * framer stays as fast and as small as it begins.
 */
export async function* framingRows({ rounds, quick }: Manner): AsyncGenerator<Row> {
  const message = encodeText(listOfObjects(OBJECTS), 'ucs-2be');
  const stream = Buffer.concat(Array.from({ length: MESSAGES }, () => message));
  const parser = new XMLParser();
  const parsing = async (): Promise<number> =>
    rateOf(
      message.length,
      await msOf(() => parser.parse(Buffer.from(message).swap16().toString('utf16le')) as unknown),
    );
  const framing = (chunk: number) => async (): Promise<number> =>
    rateOf(stream.length, await msOf(() => frameAll(stream, chunk)));
  // Both are compiled before they are measured.
  await framing(READ)();
  await parsing();
  const read = { name: 'framing, reads of 64 KiB, against fast-xml-parser', unit: 'MB/s', rounds };
  yield await paired(read, framing(READ), parsing);
  const segment = { name: 'framing, reads of 1,460 bytes, against fast-xml-parser', unit: 'MB/s', rounds };
  yield await paired(segment, framing(SEGMENT), parsing);
  if (quick) return;
  yield await paired(
    { name: 'framing byte by byte, 4 MiB, against 1 MiB', unit: 'ns/byte', rounds },
    () => dripping(message.subarray(0, DRIPPED)),
    () => dripping(message.subarray(0, DRIPPED / 4)),
  );
  yield heapRow();
}

function rateOf(bytes: number, ms: number): number {
  return bytes / ms / 1_000;
}

function frameAll(stream: Buffer, chunk: number): void {
  const framer = new Framer();
  let frames = 0;
  for (let at = 0; at < stream.length; at += chunk)
    frames += framer.push(stream.subarray(at, at + chunk)).length;
  if (frames !== MESSAGES) throw new Error(`${frames} messages instead of ${MESSAGES}`);
}

async function dripping(bytes: Buffer): Promise<number> {
  const framer = new Framer();
  const ms = await msOf(() => {
    for (const byte of bytes) framer.push(Buffer.of(byte));
  });
  return (ms * 1e6) / bytes.length;
}

/** The heap after all messages that passed through one framer, against that after the first quarter. */
function heapRow(): Row {
  const beat = encodeText('<mos><mosID>a.b</mosID><heartbeat><time/></heartbeat></mos>', 'ucs-2be');
  const framer = new Framer();
  const quarters = Array.from({ length: 4 }, () => {
    for (let sent = 0; sent < HEARTBEATS / 4; sent += 1) framer.push(beat);
    return heapMB();
  });
  const [first = NaN, last = NaN] = [quarters[0], quarters.at(-1)];
  return once('heap after 1,000,000 messages, against 250,000', 'MB', last, first);
}
