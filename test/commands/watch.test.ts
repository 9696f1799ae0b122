import { expect } from 'chai';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { runWatch } from '../../src/commands/watch.ts';
import type { WatchArguments } from '../../src/commands/watch-target.ts';
import { groupSockets, lineFor, STUCK_AFTER_MS, tableForPeople } from '../../src/commands/watch-view.ts';
import { openObserver } from '../../src/observe/choose.ts';
import type { SocketObserver, TableEntry } from '../../src/observe/observer.ts';
import { tableEntry } from '../observe/table-entry.ts';
import { painter } from '../../src/report/terminal.ts';

const plain = painter(false);

function entry(state: TableEntry['state'], port: number): TableEntry {
  return tableEntry(state, { local: { address: '192.0.2.10', port } });
}

/** An observer that shows one table after the other and then has the command stopped. */
function observerOf(
  looks: (TableEntry[] | Error)[],
  stop: AbortController,
): SocketObserver & { closed: boolean } {
  return {
    means: 'ss',
    closed: false,
    lookup: () => [],
    listeners: () => [],
    table() {
      const look = looks.shift() ?? [];
      if (looks.length === 0) stop.abort();
      if (look instanceof Error) throw look;
      return look;
    },
    close() {
      this.closed = true;
    },
  };
}

async function run(
  given: Partial<WatchArguments>,
  looks: (TableEntry[] | Error)[],
): Promise<{ code: number; out: string; complaints: string; closed: boolean }> {
  let out = '';
  let complaints = '';
  const stop = new AbortController();
  const observer = observerOf(looks, stop);
  const code = await runWatch(
    { host: '192.0.2.20', interval: '50ms', ...given },
    {
      out: (text) => (out += text),
      complain: (line) => (complaints += line),
      color: false,
      open: async () => ({ observer, tried: [] }),
      stop: stop.signal,
    },
  );
  return { code, out, complaints, closed: observer.closed };
}

describe('watch', () => {
  it('writes only changes into a pipe', async () => {
    const open = [entry('ESTABLISHED', 50_001), entry('ESTABLISHED', 50_002)];
    const { code, out, closed } = await run({}, [open, open, [entry('FIN_WAIT_2', 50_001)], []]);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => line.replace(/^\S+ /, ''));
    expect(lines).to.deep.equal([
      'ESTABLISHED 2 to 192.0.2.20:10541, seen for 0 s',
      'FIN_WAIT_2 1 to 192.0.2.20:10541, seen for 0 s',
      'ESTABLISHED 0 to 192.0.2.20:10541',
      'FIN_WAIT_2 0 to 192.0.2.20:10541',
    ]);
    expect(code).to.equal(0);
    expect(closed).to.equal(true);
  });

  it('leaves out connections with other hosts and other ports', async () => {
    const other = { ...entry('ESTABLISHED', 50_001), remote: { address: '192.0.2.99', port: 10_541 } };
    const { out } = await run({ once: true }, [[other]]);
    expect(out).to.equal('No connection.\n0 sockets, none stuck.\n');
  });

  it('writes one line of JSON a look', async () => {
    const { out } = await run({ json: true }, [[entry('CLOSE_WAIT', 50_001)], []]);
    const looks = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(looks).to.have.length(2);
    expect(looks[0]).to.deep.include({ host: '192.0.2.20', ports: [10_540, 10_541, 10_542], stuck: 0 });
    expect(looks[0].groups).to.deep.equal([
      { state: 'CLOSE_WAIT', peer: 'to 192.0.2.20:10541', count: 1, oldestMs: 0, suspect: 1, stuck: 0 },
    ]);
  });

  it('exits 2 for what a user got wrong, before it looks', async () => {
    const cases: [Partial<WatchArguments>, RegExp][] = [
      [{ interval: '1' }, /^--interval takes/],
      [{ interval: '1ms' }, /^--interval takes/],
      [{ host: '192.0.2.20:0' }, /is no HOST and no HOST:PORT/],
      [{ host: '192.0.2.20:70000' }, /is no HOST and no HOST:PORT/],
      [{ host: '[192.0.2.20]:1' }, /is no HOST and no HOST:PORT/],
      [{ host: 'two words' }, /is no HOST/],
      [{ host: '' }, /is no HOST/],
      [{ host: '192.0.2.20:10541', ports: '1' }, /^Give either/],
      [{ ports: 'x' }, /^--ports takes/],
      [{ host: 'no-such-host.invalid' }, /is not known/],
    ];
    for (const [given, complaint] of cases) {
      const { code, complaints } = await run(given, []);
      expect(code, String(complaint)).to.equal(2);
      expect(complaints).to.match(complaint);
    }
  });

  it('exits 3 in a sentence when it cannot see, from the start or later', async () => {
    const { code, complaints, closed } = await run({}, [[], new Error('netlink is gone\n  at somewhere')]);
    expect(code).to.equal(3);
    expect(complaints).to.equal('The sockets of this host can no longer be seen: netlink is gone.');
    expect(closed).to.equal(true);
    let said = '';
    const blind = await runWatch(
      { host: '::1' },
      {
        out: () => undefined,
        complain: (line) => (said = line),
        color: false,
        open: async () => ({
          observer: undefined,
          tried: [{ means: 'ss', reason: 'the command ss is not installed' }],
        }),
        stop: new AbortController().signal,
      },
    );
    expect(blind).to.equal(3);
    expect(said).to.equal('The sockets of this host cannot be seen (ss: the command ss is not installed).');
  });
});

describe('view of watched sockets', () => {
  const aged = (state: TableEntry['state'], port: number, ms: number) => ({
    ...entry(state, port),
    ageUs: ms * 1_000,
  });

  it('puts what is stuck in front and says what it means', () => {
    const groups = groupSockets(
      [
        aged('ESTABLISHED', 1, 3_600_000),
        aged('ESTABLISHED', 2, 0),
        aged('CLOSE_WAIT', 3, STUCK_AFTER_MS - 1),
        aged('FIN_WAIT_2', 4, STUCK_AFTER_MS),
        aged('FIN_WAIT_2', 5, 0),
        aged('TIME_WAIT', 6, 59_000),
      ],
      [10_541],
    );
    expect(groups.map(({ state, count, stuck }) => [state, count, stuck])).to.deep.equal([
      ['FIN_WAIT_2', 2, 1],
      ['CLOSE_WAIT', 1, 0],
      ['ESTABLISHED', 2, 0],
      ['TIME_WAIT', 1, 0],
    ]);
    const [, first, second, third] = tableForPeople(groups, plain);
    expect(first).to.match(/^FIN_WAIT_2 +2 +to 192\.0\.2\.20:10541 +5 s +STUCK 1$/);
    expect(second).to.match(/^CLOSE_WAIT .* stuck if it stays$/);
    expect(third).to.match(/^ESTABLISHED +2 .* 60 min$/);
  });

  it('names the direction and brackets IPv6', () => {
    const incoming = {
      ...aged('LAST_ACK', 10_540, 9_000),
      remote: { address: '2001:db8::20', port: 49_000 },
    };
    const [group] = groupSockets([incoming], [10_540]);
    expect(group && lineFor(group)).to.equal(
      'LAST_ACK 1 from [2001:db8::20] on 10540, seen for 9 s, STUCK: 1 (the last acknowledgement is missing)',
    );
  });
});

describe('watch on this host', () => {
  let server: Server;
  let accepted: Socket[];
  let client: Socket | undefined;

  beforeEach(async function () {
    accepted = [];
    server = createServer({ allowHalfOpen: true }, (socket) =>
      accepted.push(socket.on('error', () => undefined)),
    );
    server.listen(await freePort(), '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    client?.destroy();
    for (const socket of accepted) socket.destroy();
    server.close();
  });

  it('shows both ends of a connection that the other side does not close', async function () {
    const { observer } = await openObserver();
    if (!observer) this.skip();
    observer.close();
    const { port } = server.address() as AddressInfo;
    client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await Promise.all([once(client, 'connect'), once(server, 'connection')]);
    accepted[0]?.resume();
    client.end();
    await once(accepted[0] as Socket, 'end');
    const deadline = Date.now() + 5_000;
    let groups: { state: string; peer: string }[] = [];
    while (Date.now() < deadline && !groups.some(({ state }) => state === 'FIN_WAIT_2'))
      groups = await look(port);
    // Others may have used the port in the last minute: their TIME_WAIT may stand there too.
    expect(groups.map(({ state, peer }) => `${state} ${peer}`)).to.include.members([
      `FIN_WAIT_2 to 127.0.0.1:${port}`,
      `CLOSE_WAIT from 127.0.0.1 on ${port}`,
    ]);
  });
});

async function look(port: number): Promise<{ state: string; peer: string }[]> {
  let out = '';
  const code = await runWatch(
    { host: `127.0.0.1:${port}`, once: true, json: true },
    {
      out: (text) => (out += text),
      complain: (line) => {
        throw new Error(line);
      },
      color: false,
      open: () => openObserver(),
      stop: new AbortController().signal,
    },
  );
  expect(code).to.equal(0);
  return JSON.parse(out).groups;
}

/** A port below the ephemeral range on which nobody listens. */
async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
  throw new Error('no free port');
}
