import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { decodeText } from '../../../src/observe/tables/decode-text.ts';
import { readTable } from '../../../src/observe/tables/read-table.ts';
import { stateOfWord } from '../../../src/observe/tables/state-words.ts';
import { readEnd } from '../../../src/observe/tables/table-end.ts';
import type { TableRow } from '../../../src/observe/tables/table.ts';

const fixture = (name: string): string =>
  decodeText(readFileSync(new URL(`../../../fixtures/tables/${name}.txt`, import.meta.url)));

const brief = ({ local, remote, state }: TableRow): string =>
  `${local.address}|${local.port} ${remote.address}|${remote.port} ${state}`;

const read = (name: string): { format: string; rows: string[]; unreadable: number[] } => {
  const table = readTable(fixture(name));
  if (!table) throw new Error(`${name} was not recognised`);
  return { format: table.format, rows: table.rows.map(brief), unreadable: table.unreadable };
};

describe('socket tables', () => {
  it('reads ss with a prompt and a heading', () => {
    const { format, rows, unreadable } = read('device-ss');
    expect(format).to.equal('ss');
    expect(rows).to.have.length(9);
    expect(rows[0]).to.equal('*|10540 *|0 LISTEN');
    expect(rows[4]).to.equal('192.0.2.20|10541 192.0.2.10|50123 CLOSE_WAIT');
    expect(unreadable).to.deep.equal([]);
  });

  it('reads ss with protocols, IPv6, mapped addresses, zones and owners', () => {
    const table = readTable(fixture('loopback-ss'));
    expect(table?.rows.map(brief)).to.deep.equal([
      '127.0.0.1|10541 *|0 LISTEN',
      '::1|10540 *|0 LISTEN',
      '127.0.0.1|10541 127.0.0.1|40112 CLOSE_WAIT',
      '127.0.0.1|40112 127.0.0.1|10541 FIN_WAIT_2',
      '127.0.0.1|10541 127.0.0.1|40120 ESTABLISHED',
      '127.0.0.1|40120 127.0.0.1|10541 ESTABLISHED',
      'fe80::1|40130 fe80::2|10541 TIME_WAIT',
    ]);
    expect(table?.rows[2]?.owner).to.equal('4711/mosd');
  });

  it('reads netstat of Linux, IPv6 included, and passes over UDP and UNIX sockets', () => {
    const table = readTable(fixture('device-linux-netstat'));
    expect(table?.format).to.equal('linux-netstat');
    expect(table?.rows.map(brief)).to.deep.equal([
      '*|10540 *|0 LISTEN',
      '192.0.2.20|10540 192.0.2.10|50120 ESTABLISHED',
      '192.0.2.20|10541 192.0.2.10|50123 CLOSE_WAIT',
      '192.0.2.20|10541 192.0.2.10|50124 TIME_WAIT',
      '192.0.2.20|10541 192.0.2.10|50125 LAST_ACK',
      '*|10541 *|0 LISTEN',
      '2001:db8::20|10541 2001:db8::10|50171 FIN_WAIT_2',
    ]);
    expect(table?.rows[2]).to.include({ line: 5, receiveQueue: 1, sendQueue: 0, owner: '811/mosd' });
    expect(table?.rows[3]).not.to.have.property('owner');
  });

  it('reads netstat of Windows in English', () => {
    const table = readTable(fixture('ncs-windows'));
    expect(table?.format).to.equal('windows-netstat');
    expect(table?.rows).to.have.length(10);
    expect(table?.rows[3]).to.include({ state: 'FIN_WAIT_2', owner: '4312' });
    expect(table?.rows[3]).not.to.have.property('receiveQueue');
  });

  it('reads netstat of Windows in German, also where the umlaut was lost', () => {
    const states = readTable(fixture('ncs-windows-german'))?.rows.map(({ state }) => state);
    expect(states).to.deep.equal([
      'LISTEN',
      'LISTEN',
      'LISTEN',
      'ESTABLISHED',
      'FIN_WAIT_2',
      'FIN_WAIT_2',
      'TIME_WAIT',
      'SYN_SENT',
      'CLOSE_WAIT',
      'UNKNOWN',
    ]);
  });

  it('takes the program names of Windows to the row before', () => {
    const text = '  TCP    0.0.0.0:10541   0.0.0.0:0   LISTENING   812\r\n RpcSs\r\n [prompter.exe]\r\n';
    expect(readTable(text)?.rows[0]?.owner).to.equal('prompter.exe');
  });

  it('reads netstat of macOS, whose ports follow a full stop', () => {
    const { format, rows } = read('device-macos');
    expect(format).to.equal('bsd-netstat');
    expect(rows).to.deep.equal([
      '192.0.2.20|10541 192.0.2.10|50123 CLOSE_WAIT',
      '192.0.2.20|10540 192.0.2.10|50120 ESTABLISHED',
      '2001:db8::20|10541 2001:db8::10|50131 FIN_WAIT_2',
      '*|10541 *|0 LISTEN',
      '*|10540 *|0 LISTEN',
      '127.0.0.1|10541 127.0.0.1|50199 TIME_WAIT',
    ]);
  });

  it('reads netstat of Solaris, which has no protocol', () => {
    const table = readTable(fixture('device-solaris'));
    expect(table?.format).to.equal('solaris-netstat');
    expect(table?.rows.map(brief)).to.deep.equal([
      '*|10541 *|0 LISTEN',
      '192.0.2.20|10541 192.0.2.10|50123 CLOSE_WAIT',
      '192.0.2.20|10540 192.0.2.10|50120 ESTABLISHED',
      '192.0.2.20|10541 192.0.2.10|50124 TIME_WAIT',
    ]);
    expect(table?.rows[2]?.receiveQueue).to.equal(12);
  });

  it('reads a table without headings, as grep leaves it', () => {
    const grepped = fixture('device-ss')
      .split('\n')
      .filter((line) => line.includes('1054'))
      .join('\n');
    expect(readTable(grepped)?.rows).to.have.length(7);
  });

  it('takes a heading without rows for an empty table', () => {
    expect(readTable('State  Recv-Q Send-Q  Local Address:Port  Peer Address:Port')).to.deep.equal({
      format: 'ss',
      rows: [],
      unreadable: [],
    });
  });

  it('does not recognise what is no table', () => {
    for (const text of [
      '',
      '\n\n',
      'Hello',
      '{"a":1}',
      '192.0.2.1 - - [01/Jan/2024:10:00:00] "GET / HTTP/1.1" 200 5',
    ]) {
      expect(readTable(text), text).to.equal(undefined);
    }
  });

  it('names the rows that it cannot read: names instead of numbers', () => {
    const text =
      'tcp 0 0 localhost:mos-upper localhost:40000 ESTABLISHED\ntcp 0 0 127.0.0.1:22 0.0.0.0:* LISTEN\n';
    expect(readTable(text))
      .to.include({ format: 'linux-netstat' })
      .and.to.have.deep.property('unreadable', [1]);
  });

  it('never throws and takes no time over hostile text', () => {
    const word = fc.constantFrom(
      'tcp',
      'TCP',
      'ESTAB',
      '127.0.0.1:1',
      '[::1]:2',
      '*.*',
      '0',
      ' ',
      '\n',
      '\t',
      ':',
      '.',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 60 }), (words) => {
        readTable(words.join(' '));
      }),
    );
    const started = performance.now();
    readTable(`tcp ${'0 '.repeat(500_000)}\n${'tcp 0 0 a:1 b:2 X\n'.repeat(20_000)}`);
    readTable(`${' '.repeat(999)}\n`.repeat(2_000));
    expect(performance.now() - started).to.be.below(5_000);
  });
});

describe('words for states', () => {
  it('knows every spelling', () => {
    for (const word of ['FIN_WAIT_2', 'FIN_WAIT2', 'FIN-WAIT-2', 'FIN_WARTEN_2', 'fin_wait2']) {
      expect(stateOfWord(word), word).to.equal('FIN_WAIT_2');
    }
    for (const word of ['SYN_RECV', 'SYN_RCVD', 'SYN_RECEIVED', 'SYN-RECV']) {
      expect(stateOfWord(word), word).to.equal('SYN_RECV');
    }
    for (const word of ['ABHÖREN', 'ABH™REN', 'ABH\ufffdREN', 'ABHÃ–REN', 'LISTENING']) {
      expect(stateOfWord(word), word).to.equal('LISTEN');
    }
  });

  it('never guesses', () => {
    for (const word of [
      'WAITING',
      'FIN_WAIT',
      'ÉTABLIE',
      'ABHEBEN',
      '-',
      'constructor',
      '__proto__',
      'CLOSE_WAIT2',
    ]) {
      expect(stateOfWord(word), word).to.equal('UNKNOWN');
    }
  });
});

describe('one end in a table', () => {
  it('keeps names and drops brackets and zones', () => {
    expect(readEnd('newsroom-1.example:50000', ':')).to.deep.equal({
      address: 'newsroom-1.example',
      port: 50_000,
    });
    expect(readEnd('[FE80::1%12]:10541', ':')).to.deep.equal({ address: 'fe80::1', port: 10_541 });
    expect(readEnd(':::10541', ':')).to.deep.equal({ address: '*', port: 10_541 });
  });

  it('refuses ports that are none', () => {
    for (const text of ['192.0.2.1:65536', '192.0.2.1:http', '192.0.2.1', '192.0.2.1:', '192.0.2.1:-1']) {
      expect(readEnd(text, ':'), text).to.equal(undefined);
    }
  });
});

describe('text saved from a console', () => {
  const text = '  TCP    192.0.2.10:50123   192.0.2.20:10541   FIN_WAIT_2\r\n';

  it('is read in every encoding that consoles write', () => {
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    const variants = [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      little,
      big,
      Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), big]),
    ];
    for (const bytes of variants) expect(readTable(decodeText(bytes))?.rows[0]?.state).to.equal('FIN_WAIT_2');
  });

  it('survives bytes of an old code page', () => {
    const bytes = Buffer.from('  TCP    0.0.0.0:10541   0.0.0.0:0   ABH\x99REN\r\n', 'latin1');
    expect(readTable(decodeText(bytes))?.rows[0]?.state).to.equal('LISTEN');
  });
});
