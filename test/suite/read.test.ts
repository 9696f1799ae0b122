import { expect } from 'chai';
import { formatProblem } from '../../src/document/problem.ts';
import { parseYaml } from '../../src/document/yaml-file.ts';
import type { Step, Suite } from '../../src/suite/model.ts';
import { builtinSuites, SUITES_FOLDER } from '../../src/suite/builtin.ts';
import { readSuites } from '../../src/suite/read.ts';
import { readSuite, readSuiteFrom, type SuiteReading } from '../../src/suite/read-suite.ts';

/** A suite of one test with these steps, each a line of YAML. */
function suiteOf(steps: readonly string[], head = ''): string {
  const lines = steps.flatMap((step) =>
    step.split('\n').map((line, index) => `${index === 0 ? '- ' : '  '}${line}`),
  );
  return `suite: S\ngroup: REL\ntests:\n  - id: T-1\n    title: t\n${head}    steps:\n${lines.map((line) => `      ${line}`).join('\n')}\n`;
}

function read(yaml: string): SuiteReading {
  const { file, problems } = parseYaml('x.yaml', Buffer.from(yaml));
  return file ? readSuiteFrom(file) : { problems };
}

function complaints(yaml: string): string[] {
  return read(yaml).problems.map(({ line, column, text }) => `${line}:${column} ${text}`);
}

function stepsOf(steps: readonly string[]): unknown[] {
  const { suite, problems } = read(suiteOf([...steps, 'expect: { serving: true, covers: SOCK-REL-10 }']));
  expect(problems.map(formatProblem)).to.deep.equal([]);
  const plain = ({ position: _position, covers: _covers, ...rest }: Step): object => rest;
  return (suite as Suite).tests[0]?.steps.slice(0, -1).map(plain) ?? [];
}

const connect = 'connect: ncs';
const stays = 'expect: { on: ncs, open: true, for: 1s, covers: SOCK-REL-01 }';
const ends = 'expect: { on: ncs, released: both, covers: SOCK-REL-01 }';

describe('reading suites', () => {
  it('reads every suite of the package', () => {
    const { suites, problems } = readSuites(builtinSuites());
    expect(problems.map(formatProblem)).to.deep.equal([]);
    expect(suites.length).to.be.greaterThan(0);
    for (const suite of suites) expect(suite.path).to.match(/^suites\/.+\.yaml$/);
  });

  it('gives title, tier, ports, permissions, requirements and source of a test', () => {
    const head = '    needs: [load, disruptive]\n    each: { port: [upper] }\n    tier: soak\n';
    const { suite } = read(suiteOf([connect, stays, stays], head));
    const [test] = suite?.tests ?? [];
    expect(test).to.include({ id: 'T-1', title: 't', tier: 'soak' });
    expect(test?.each).to.deep.equal(['upper']);
    expect(test?.permissions).to.deep.equal(['load', 'disruptive']);
    expect(test?.covers).to.deep.equal(['SOCK-REL-01']);
    expect(test?.position).to.deep.equal({ line: 4, column: 5 });
    expect(test?.source).to.match(/^id: T-1\ntitle: t\nneeds: /);
    expect(test?.steps[0]?.position).to.deep.equal({ line: 10, column: 9 });
    expect(suite?.sha256).to.match(/^[0-9a-f]{64}$/);
  });

  it('takes ports from the suite and standard as the tier where a test says nothing', () => {
    const yaml = suiteOf([connect, stays]).replace('tests:', 'each: { port: once }\ntests:');
    const [test] = read(yaml).suite?.tests ?? [];
    expect(test?.each).to.equal('once');
    expect(test?.tier).to.equal('standard');
  });

  it('makes short forms into the model', () => {
    const short = [
      'connect: a',
      'half-close: a',
      'reconnect: a',
      'listen: l',
      'wait: 2s',
      'pause-reading: { on: a }',
    ];
    expect(stepsOf(short)).to.deep.equal([
      { verb: 'connect', as: 'a', port: 'each' },
      { verb: 'half-close', on: 'a' },
      { verb: 'reconnect', on: 'a', as: 'a', 'same-port': false },
      { verb: 'listen', as: 'l', port: 'each' },
      { verb: 'wait', for: 2_000 },
      { verb: 'pause-reading', on: 'a' },
    ]);
  });

  it('makes long forms into the model', () => {
    const long = [
      'connect: { as: old, port: lower }',
      'connect: { as: crowd, count: $connections, port: upper, from: { port: same-as old } }',
      'reconnect: { on: old, as: new, same-port: true }',
      'wait: { for: $releaseTime, until: fin, on: old }',
    ];
    expect(stepsOf(long)).to.deep.equal([
      { verb: 'connect', as: 'old', port: 'lower' },
      {
        verb: 'connect',
        as: 'crowd',
        port: 'upper',
        count: '$connections',
        from: { port: { 'same-as': 'old' } },
      },
      { verb: 'reconnect', on: 'old', as: 'new', 'same-port': true },
      { verb: 'wait', for: '$releaseTime', until: 'fin', on: 'old' },
    ]);
  });

  it('makes messages and their delivery into the model', () => {
    const send =
      'send: { on: ncs, as: q, message: roCreate, with: { mosID: other, messageID: 0x1A, ncsID: ~ }, fields: { roID: 007 },' +
      ' encoding: utf-8, form: { byte-order-mark: true, root-attributes: true, envelope-order: [ncsID, mosID] },' +
      ' split: [1, 50%], drip: { bytes: 1, every: 10ms }, cut: 50%, fin: true, pad: 1MiB, copies: 2 }';
    const raw = 'send: { on: ncs, hex: "FE FF 003c", fin: close }';
    const endless = 'send: { on: ncs, endless: { rate: 1MiB, bytes: 32MiB, time: 30s } }';
    expect(stepsOf([connect, send, raw, endless]).slice(1)).to.deep.equal([
      {
        verb: 'send',
        on: 'ncs',
        as: 'q',
        message: 'roCreate',
        with: { mosID: 'other', ncsID: null, messageID: '0x1A' },
        fields: { roID: '007' },
        encoding: 'utf-8',
        form: { 'byte-order-mark': true, 'root-attributes': true, 'envelope-order': ['ncsID', 'mosID'] },
        split: [1, '50%'],
        cut: '50%',
        fin: 'half-close',
        drip: { bytes: 1, every: 10 },
        copies: 2,
        pad: 1_048_576,
      },
      { verb: 'send', on: 'ncs', hex: 'feff003c', fin: 'close' },
      { verb: 'send', on: 'ncs', endless: { rate: 1_048_576, bytes: 33_554_432, time: 30_000 } },
    ]);
  });

  it('makes receiving, listening, answering, churning and branches into the model', () => {
    const steps = [
      connect,
      'exchange: { on: ncs, message: heartbeat, times: 3, as: q1 }',
      'receive: { on: ncs, answers: q1, as: r1, within: 2s, capture: { ro: roID } }',
      'listen: { as: server, port: lower }',
      'accept: { on: server, as: dialled }',
      'answer: { on: dialled, to: heartbeat, delay: 1s, not: true }',
      'churn: { as: c, cycles: 500, beside: ncs, at-least: 60, close: mixed }',
      'parallel:\n  - - connect: b\n    - close: b\n  - - close: ncs',
    ];
    expect(stepsOf(steps).slice(2, 7)).to.deep.equal([
      { verb: 'receive', on: 'ncs', answers: 'q1', as: 'r1', within: 2_000, capture: { ro: 'roID' } },
      { verb: 'listen', as: 'server', port: 'lower' },
      { verb: 'accept', on: 'server', as: 'dialled' },
      { verb: 'answer', on: 'dialled', to: 'heartbeat', delay: 1_000, not: true },
      {
        verb: 'churn',
        as: 'c',
        port: 'each',
        cycles: 500,
        concurrency: 1,
        within: '$churnTime',
        'at-least': 60,
        close: 'mixed',
        beside: 'ncs',
      },
    ]);
    const { suite } = read(suiteOf([...steps, 'repeat: { times: 2, steps: [ { close: b } ] }', stays]));
    const [branches, repeat] = suite?.tests[0]?.steps.slice(7) ?? [];
    expect(branches).to.have.property('branches').with.lengthOf(2);
    expect(repeat).to.have.nested.property('steps[0].verb', 'close');
  });

  it('makes every kind of requirement into the model', () => {
    const written = ['habit: not closes-older', 'privilege: vanish', 'connections: 20', 'claims: profile 2'];
    written.push('revision: ">=2.8.1"', 'revision: 2.6', 'ports: [lower, upper]', 'habit: keeps-connections');
    const made = stepsOf(written.map((one) => `require: { ${one} }`)) as { require: object }[];
    expect(made.map(({ require }) => require)).to.deep.equal([
      { kind: 'habit', habit: { name: 'closes-older', is: false } },
      { kind: 'privilege', privilege: 'vanish' },
      { kind: 'connections', connections: 20 },
      { kind: 'claims', claims: 2 },
      { kind: 'revision', revision: '>=2.8.1' },
      { kind: 'revision', revision: '2.6' },
      { kind: 'ports', ports: ['lower', 'upper'] },
      { kind: 'habit', habit: { name: 'keeps-connections', is: true } },
    ]);
  });

  it('makes every kind of expectation into the model', () => {
    const kinds = [
      'on: ncs, released: device, within: 2s',
      'on: ncs, state: FIN_WAIT_2',
      'on: ncs, state: [none, TIME_WAIT], at: device',
      'on: ncs, outcome: [clean, reset by device], within: $lateTime',
      'on: ncs, open: true, for: 1s',
      'serving: true',
      'serving: true, port: other, within: 3s',
      'listening: true, port: all',
      'answered: q, by: heartbeat, times: 1',
      'on: ncs, no: message, for: 2s',
      'on: ncs, no: heartbeat, for: 2s',
      'on: ncs, no: answer, to: q, for: 2s',
      'on: q, path: listMachInfo/ID, equals: $mosId',
      'on: q, path: a, one-of: [1, x]',
      'on: q, check: ids',
      'on: ncs, descriptors: { fail: 80%, remark: 20% }',
      'on: c, churn: slope, level: 5%',
    ];
    const setUp = [connect, 'exchange: { on: ncs, as: q }', 'churn: { as: c, cycles: 5 }', 'close: ncs'];
    const written = kinds.map((kind) => `expect: { ${kind}, covers: SOCK-REL-01 }`);
    const made = stepsOf([...setUp, ...written]).slice(4) as { expect: object }[];
    expect(made.map(({ expect: expected }) => expected)).to.deep.equal([
      { kind: 'released', on: 'ncs', released: 'device', within: 2_000 },
      { kind: 'state', on: 'ncs', state: ['FIN_WAIT_2'], at: 'ncs', within: '$releaseTime' },
      { kind: 'state', on: 'ncs', state: ['none', 'TIME_WAIT'], at: 'device', within: '$releaseTime' },
      { kind: 'outcome', on: 'ncs', outcome: ['clean', 'reset by device'], within: '$lateTime' },
      { kind: 'open', on: 'ncs', open: true, for: 1_000 },
      { kind: 'serving', serving: true, port: 'each' },
      { kind: 'serving', serving: true, port: 'other', within: 3_000 },
      { kind: 'listening', listening: true, port: 'all' },
      { kind: 'answered', on: 'ncs', answered: 'q', by: ['heartbeat'], times: 1 },
      { kind: 'no', on: 'ncs', no: 'message', for: 2_000 },
      { kind: 'no', on: 'ncs', no: 'heartbeat', for: 2_000 },
      { kind: 'no', on: 'ncs', no: 'answer', to: 'q', for: 2_000 },
      { kind: 'path', on: 'q', path: 'listMachInfo/ID', equals: '$mosId' },
      { kind: 'path', on: 'q', path: 'a', 'one-of': ['1', 'x'] },
      { kind: 'check', on: 'q', check: 'ids' },
      { kind: 'descriptors', on: 'ncs', descriptors: { fail: 0.8, remark: 0.2 } },
      { kind: 'churn', on: 'c', churn: 'slope', level: 0.05 },
    ]);
  });
});

describe('problems of suites', () => {
  it('reports everything at once, from top to bottom', () => {
    const yaml = suiteOf([
      'conect: ncs',
      'exchange: { on: nsc, mesage: x }',
      'expect: { on: ncs, released: bth }',
    ]);
    expect(complaints(`${yaml.replace('group: REL', 'group: RELL')}extra: 1\n`)).to.deep.equal([
      '2:8 "RELL" is not one of SANITY, CON, REL, HC, DC, RC, ST, CH, AB, WIRE, ENV, P0, LANE, GRID, ROB; did you mean "REL"?',
      '7:9 unknown verb "conect"; did you mean "connect"?',
      '8:30 unknown key "mesage"; did you mean "message"?',
      '9:17 missing key "covers"',
      '9:38 "bth" is not one of both, device, ncs; did you mean "both"?',
      '10:1 unknown key "extra"; known here: suite, group, intro, each, tests',
    ]);
  });

  it('reports names that no earlier step made', () => {
    const steps = [
      'close: early',
      connect,
      'send: { on: nsc }',
      'receive: { on: ncs, answers: q1 }',
      'accept: { on: ncs, as: x }',
      'parallel:\n  - - connect: b\n  - - close: b',
      'close: b',
      'expect: { on: r1, path: a, exists: true, covers: SOCK-REL-01 }',
      'expect: { answered: q9, covers: SOCK-REL-01 }',
      'expect: { on: ncs, churn: slope, covers: SOCK-CH-05 }',
    ];
    expect(complaints(suiteOf(steps)).map((one) => one.replace(/^\d+:\d+ /, ''))).to.deep.equal([
      'no earlier step opens a connection called "early"',
      'no earlier step opens a connection called "nsc"; did you mean "ncs"?',
      'no earlier step sends a message called "q1"',
      'no earlier step listens called "ncs"',
      'no earlier step opens a connection called "b"',
      'no earlier step receives a message called "r1"',
      'no earlier step sends a message called "q9"',
      'no earlier step churns called "ncs"',
    ]);
  });

  describe('report a release of what nothing has ended', () => {
    const unended =
      '"ncs" cannot be released yet: no earlier step ends it; did you mean to put "close: ncs" before this?';
    const never: Record<string, string[]> = {
      'after no more than an exchange': ['exchange: { on: ncs }'],
      'after the end of another one': ['connect: other', 'close: other'],
      'after the name was given to a new one': ['close: ncs', 'connect: ncs'],
      'after a reconnect under the same name': ['half-close: ncs', 'reconnect: ncs'],
      'after a wait for something else': ['wait: { for: 1s, until: message, on: ncs }'],
    };
    for (const [when, steps] of Object.entries(never)) {
      it(when, () => {
        const all = suiteOf([connect, ...steps, ends]);
        const line = all.split('\n').findIndex((one) => one.includes('released')) + 1;
        expect(complaints(all)).to.deep.equal([`${line}:23 ${unended}`]);
      });
    }

    const endings = [
      'close: ncs',
      'half-close: { on: ncs }',
      'abort: ncs',
      'vanish: ncs',
      'send: { on: ncs, fin: true }',
      'exchange: { on: ncs, fin: half-close }',
      'repeat: { times: 2, steps: [ { connect: ncs }, { close: ncs } ] }',
      'parallel:\n  - - close: ncs\n  - - wait: 1ms',
    ];
    const byDevice = [
      'wait: { for: 1s, until: fin, on: ncs }',
      'require: { closed: ncs }',
      'exchange: { on: ncs, or: closed }',
      'expect: { on: ncs, ended: true, within: 1s, covers: SOCK-ST-04 }',
      'expect: { on: ncs, outcome: reset by device, covers: SOCK-ST-04 }',
    ];
    for (const ending of [...endings, ...byDevice]) {
      it(`but not after ${ending.split('\n').join(' ')}`, () => {
        expect(complaints(suiteOf([connect, ending, ends]))).to.deep.equal([]);
      });
    }

    it('but not of a churn, which ends its connections itself', () => {
      const churned = ['churn: { as: ncs, cycles: 5 }', ends];
      expect(complaints(suiteOf(churned))).to.deep.equal([]);
    });

    it('but not where the step that ends it is broken itself, or it has no connection at all', () => {
      expect(
        complaints(suiteOf([connect, 'half-close: { on: ncs, covres: SOCK-HC-01 }', ends])),
      ).to.deep.equal(['8:32 unknown key "covres"; did you mean "covers"?']);
      expect(complaints(suiteOf([ends]))).to.deep.equal([
        '7:23 no earlier step opens a connection or churns called "ncs"',
      ]);
    });
  });

  it('does not report what merely follows from a broken step', () => {
    const steps = ['conect: ncs', 'connect: { as: old, cuont: 2 }', 'close: old', stays];
    expect(complaints(suiteOf(steps))).to.deep.equal([
      '7:9 unknown verb "conect"; did you mean "connect"?',
      '8:29 unknown key "cuont"; did you mean "count"?',
    ]);
  });

  it('reports unknown parameters and knows captures', () => {
    const steps = [
      connect,
      'exchange: { on: ncs, as: r, capture: { ro: roID } }',
      'send: { on: ncs, fields: { a: $ro, b: $mosId, c: $5, d: $mosid } }',
      'wait: $relaseTime',
      'repeat: { times: $conections, steps: [ { wait: 1s } ] }',
      'expect: { on: r, path: x, equals: $rro, covers: SOCK-REL-01 }',
    ];
    expect(complaints(suiteOf(steps))).to.deep.equal([
      '9:65 unknown parameter "$mosid"; did you mean "$mosId"?',
      '10:15 unknown parameter "$relaseTime"; did you mean "$releaseTime"?',
      '11:26 unknown parameter "$conections"; did you mean "$connections"?',
      '12:43 unknown parameter "$rro"; did you mean "$ro"?',
    ]);
  });

  it('reports them wherever the player puts the value of a parameter', () => {
    const unknown: Record<string, [name: string, column: number]> = {
      'send: { on: ncs, with: { mosID: $mosid } }': ['mosId', 41],
      'send: { on: ncs, xml: $mosid }': ['mosId', 31],
      'send: { on: ncs, raw: $mosid }': ['mosId', 31],
      'exchange: { on: ncs, fields: { time: $mosid } }': ['mosId', 46],
      'answer: { on: ncs, to: heartbeat, with: $mosid }': ['mosId', 49],
      'expect: { on: ncs, never: $canari, for: 1s, covers: MOS-ERR-09 }': ['canary', 35],
      'expect: { on: r, path: a, one-of: [$mosid, b], covers: MOS-MI-04 }': ['mosId', 44],
    };
    for (const [step, [meant, column]] of Object.entries(unknown)) {
      const steps = [connect, 'exchange: { on: ncs, as: r }', step, stays];
      const given = /\$\w+/.exec(step)?.[0];
      expect(complaints(suiteOf(steps)), step).to.deep.equal([
        `9:${column} unknown parameter "${given}"; did you mean "$${meant}"?`,
      ]);
    }
  });

  it('refuses a pattern that means a parameter and matches nothing', () => {
    const step = 'expect: { on: r, path: a, matches: $mosId, covers: MOS-MI-04 }';
    expect(complaints(suiteOf([connect, 'exchange: { on: ncs, as: r }', step]))).to.deep.equal([
      '9:44 is a parameter, which no pattern can hold; did you mean "equals: $mosId"?',
    ]);
  });

  it('reports requirements that do not exist, where they stand', () => {
    const steps = [connect, 'expect: { on: ncs, outcome: clean, covers: [SOCK-REL-01, SOCK-REL-0l] }'];
    expect(complaints(suiteOf(steps))).to.deep.equal([
      '8:66 unknown requirement "SOCK-REL-0l"; did you mean "SOCK-REL-01"?',
    ]);
    expect(complaints(suiteOf([connect, 'close: { on: ncs, covers: NOPE-1 }', stays]))[0]).to.equal(
      '8:35 unknown requirement "NOPE-1"',
    );
  });

  it('reports keys that cannot stand together', () => {
    const steps = [
      connect,
      'send: { on: ncs, message: a, xml: <b/> }',
      'send: { on: ncs, raw: a, with: { mosID: x } }',
      'wait: { for: 1s, until: fin }',
      'expect: { on: ncs, no: answer, for: 1s, covers: SOCK-REL-01 }',
      'expect: { on: ncs, released: both, open: true, covers: SOCK-REL-01 }',
      'connect: a\nclose: a',
      'expect: { on: ncs, covers: SOCK-REL-01 }',
    ];
    expect(complaints(suiteOf(steps)).map((one) => one.replace(/^\d+:\d+ /, '').slice(0, 70))).to.deep.equal([
      '"message" and "xml" cannot stand together',
      '"with" changes nothing in "raw", which is the whole message',
      'missing key "on": the connection on which something is awaited',
      'missing key "to": the request that must not be answered',
      '"released" and "open" cannot stand together: one expectation each',
      '"connect" and "close" cannot stand together: one verb each',
      'no expectation here; known: released, state, outcome, ended, open, ser',
    ]);
  });

  it('refuses a test that asserts nothing, an empty step, and an ID used twice', () => {
    expect(complaints(suiteOf([connect]))).to.deep.equal([
      '6:5 a test without "expect" can only pass; say what is owed',
    ]);
    expect(complaints(suiteOf([connect, stays, '']))).to.deep.equal([
      '9:9 expected one verb with its arguments, got nothing',
    ]);
    const twice = suiteOf([connect, stays]);
    expect(complaints(twice + twice.slice(twice.indexOf('  - id')))).to.deep.equal([
      '9:9 duplicate test ID "T-1"; it is also on line 4',
    ]);
  });

  it('accepts an expectation inside repeat and parallel', () => {
    const inner =
      'repeat:\n  times: 2\n  steps:\n    - parallel:\n        - - expect: { serving: true, covers: SOCK-REL-10 }';
    expect(complaints(suiteOf([inner]))).to.deep.equal([]);
  });

  it('says in a sentence that a file cannot be read, and never throws', () => {
    expect(readSuite('no/such/suite.yaml').problems.map(formatProblem)).to.deep.equal([
      'no/such/suite.yaml cannot be read: there is no such file',
    ]);
    for (const odd of [
      '5',
      '[]',
      'tests: 5',
      'tests: [5, ~, []]',
      'suite: ~',
      'tests: [{ steps: 5 }]',
      '"x"',
    ]) {
      expect(complaints(odd), odd).to.have.length.greaterThan(0);
    }
    expect(readSuite(SUITES_FOLDER).problems).to.have.lengthOf(1);
  });
});
