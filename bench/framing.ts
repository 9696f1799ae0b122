/**
 * How fast message boundaries are found in UCS-2 input, against fast-xml-parser, which a user would take instead (it
 * needs the text decoded and the messages cut first, and is given both). Prints MB of wire bytes per second.
 * Run: npx tsx bench/framing.ts
 */
import { XMLParser } from 'fast-xml-parser';
import { encodeText } from '../src/wire/encoding.ts';
import { Framer } from '../src/wire/framer.ts';
import { heapMB } from './heap.ts';

const CHUNK = 64 * 1024;
const REPETITIONS = 7;
const MESSAGES = 8;

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

function best(run: () => void): number {
  let fastest = Infinity;
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const from = performance.now();
    run();
    fastest = Math.min(fastest, performance.now() - from);
  }
  return fastest;
}

function frameAll(stream: Buffer, chunk: number): void {
  const framer = new Framer();
  let frames = 0;
  for (let at = 0; at < stream.length; at += chunk)
    frames += framer.push(stream.subarray(at, at + chunk)).length;
  if (frames !== MESSAGES) throw new Error(`${frames} messages instead of ${MESSAGES}`);
}

/** MB of heap in use after each quarter of a million heartbeats that passed through one framer. */
function memoryOverMessages(): number[] {
  const beat = encodeText('<mos><mosID>a.b</mosID><heartbeat><time/></heartbeat></mos>', 'ucs-2be');
  const framer = new Framer();
  return [
    heapMB(),
    ...Array.from({ length: 4 }, () => {
      for (let message = 0; message < 250_000; message++) framer.push(beat);
      return heapMB();
    }),
  ];
}

const text = listOfObjects(5000);
const bytes = encodeText(text, 'ucs-2be');
const stream = Buffer.concat(Array.from({ length: MESSAGES }, () => bytes));
const tags = MESSAGES * (text.match(/</g)?.length ?? 0);
const parser = new XMLParser();

const framing = stream.length / best(() => frameAll(stream, CHUNK)) / 1000;
const segments = stream.length / best(() => frameAll(stream, 1460)) / 1000;
const parsing =
  bytes.length / best(() => void parser.parse(Buffer.from(bytes).swap16().toString('utf16le'))) / 1000;
const drip = new Framer();
const dripped = bytes.subarray(0, 4 * 1024 * 1024);
const dripTime = best(() => {
  for (const byte of dripped) drip.push(Buffer.of(byte));
});

const heap = memoryOverMessages();

const lines = [
  `payload: ${(stream.length / 1e6).toFixed(1)} MB of UCS-2, ${MESSAGES} messages, ${tags} tags (one per ${(stream.length / tags).toFixed(0)} bytes)`,
  `framer, reads of 64 KiB:   ${framing.toFixed(0)} MB/s`,
  `framer, reads of 1460 B:   ${segments.toFixed(0)} MB/s`,
  `fast-xml-parser:           ${parsing.toFixed(0)} MB/s`,
  `ratio:                     ${(framing / parsing).toFixed(1)}`,
  `byte by byte:              ${((dripTime * 1e6) / dripped.length).toFixed(0)} ns per byte of a message of ${(dripped.length / 1e6).toFixed(1)} MB`,
  `heap over 1,000,000 messages: ${heap.map((mb) => mb.toFixed(1)).join(', ')} MB`,
];
process.stdout.write(lines.join('\n') + '\n');
