import { expect } from 'chai';
import { LiveScreen, pictureLines, type Terminal } from '../../src/commands/watch-screen.ts';
import { groupSockets, STUCK_AFTER_MS } from '../../src/commands/watch-view.ts';
import { runWatch } from '../../src/commands/watch.ts';
import type { TableEntry } from '../../src/observe/observer.ts';
import { tableEntry } from '../observe/table-entry.ts';
import { painter } from '../../src/report/terminal.ts';

const plain = painter(false);
const ENTER = '\u001b[?1049h';
const LEAVE = '\u001b[?1049l';

function entry(state: TableEntry['state'], host: number): TableEntry {
  return tableEntry(state, { remote: { address: `192.0.2.${host}`, port: 10_541 } });
}

function groupsOf(hosts: number, ms: number) {
  const sockets = Array.from({ length: hosts }, (_, index) => ({
    ...entry('FIN_WAIT_2', index + 1),
    ageUs: ms * 1_000,
  }));
  return groupSockets(sockets, [10_541]);
}

/** A terminal that remembers what was written to it. */
function terminal(columns: number, rows: number) {
  let redraw: (() => void) | undefined;
  const size = { columns, rows };
  const fake = {
    written: [] as string[],
    write: (text: string) => fake.written.push(text),
    size: () => size,
    onResize: (listener: () => void) => {
      redraw = listener;
      return () => (redraw = undefined);
    },
    resize(to: { columns: number; rows: number }) {
      Object.assign(size, to);
      redraw?.();
    },
  };
  return fake satisfies Terminal;
}

const withoutControls = (text: string): string[] =>
  text.replace(/\u001b\[[?\d;]*[A-Za-z]/g, '').split('\r\n');

describe('the live view of watch', () => {
  const picture = (hosts: number) => ({
    head: 'prompter.example, ports 10540, 10541, 10542, 12:00:00',
    groups: groupsOf(hosts, STUCK_AFTER_MS),
    foot: 'A look every 1 s; Ctrl-C ends.',
  });

  it('names what is stuck, what that says and how to end it', () => {
    const lines = pictureLines(picture(1), plain, { columns: 80, rows: 24 });
    expect(lines.slice(2)).to.deep.equal([
      'State         Count  Peer                Seen for',
      'FIN_WAIT_2        1  to 192.0.2.1:10541       5 s  STUCK 1',
      '',
      'FIN_WAIT_2 stays: the other side has not closed (mos-conformance explain close-…',
      '1 socket, 1 stuck.',
      'A look every 1 s; Ctrl-C ends.',
    ]);
  });

  it('fits a terminal of any size, and says what it leaves out', () => {
    for (const rows of [1, 2, 3, 5, 8, 10, 24, 60]) {
      for (const columns of [10, 40, 80, 200]) {
        const lines = pictureLines(picture(40), plain, { columns, rows });
        expect(lines.length, `${columns} x ${rows}`).to.be.at.most(rows);
        for (const line of lines) expect(line.length).to.be.at.most(columns);
      }
    }
    const lines = pictureLines(picture(40), plain, { columns: 80, rows: 24 });
    expect(lines.join('\n')).to.match(/… and \d+ more, in a higher window\n/);
    expect(lines).to.include('40 sockets, 40 stuck.');
  });

  it('has a screen of its own, redraws it when its size changes, and leaves the last picture behind', () => {
    const fake = terminal(80, 24);
    const screen = new LiveScreen(fake, plain);
    expect(fake.written.join('')).to.include(ENTER);
    screen.show(picture(3));
    expect(fake.written.at(-1)).to.match(/^\u001b\[H[^]*\u001b\[J$/);
    fake.resize({ columns: 30, rows: 6 });
    const narrow = withoutControls(fake.written.at(-1) ?? '');
    expect(narrow).to.have.length(6);
    expect(narrow.filter((line) => line.startsWith('FIN_WAIT_2'))).to.have.length(1);
    expect(Math.max(...narrow.map((line) => line.length))).to.be.at.most(30);
    screen.close();
    screen.close();
    fake.resize({ columns: 50, rows: 6 });
    const end = fake.written.slice(-2);
    expect(end[0]).to.include(LEAVE);
    expect(end[1]).to.include('FIN_WAIT_2 stays: the other side has not closed (mos-conformance explain');
    expect(fake.written.filter((text) => text.includes(LEAVE))).to.have.length(1);
  });

  it('gives the terminal back when the sockets can no longer be seen', async () => {
    const fake = terminal(80, 24);
    const looks = [[entry('CLOSE_WAIT', 20)]];
    const code = await runWatch(
      { host: '192.0.2.20', interval: '50ms' },
      {
        out: () => undefined,
        complain: () => undefined,
        terminal: fake,
        color: false,
        stop: new AbortController().signal,
        open: async () => ({
          tried: [],
          observer: {
            means: 'ss',
            lookup: () => [],
            listeners: () => [],
            table() {
              const look = looks.shift();
              if (!look) throw new Error('it is gone');
              return look;
            },
            close: () => undefined,
          },
        }),
      },
    );
    expect(code).to.equal(3);
    expect(fake.written.join('')).to.include(LEAVE);
  });

  it('does not call unstuck what one look cannot tell', () => {
    const lines = pictureLines({ head: '', groups: groupsOf(2, 0), foot: '' }, plain);
    expect(lines.at(-1)).to.equal(
      '2 sockets, none known to be stuck; 2 in a state that should pass within 5 s.',
    );
  });
});
