import { expect } from 'chai';
import type { ActFact, SocketState, StateFact, Vantage } from '../../src/history/facts.ts';
import { nowUs } from '../../src/history/clock.ts';
import { History } from '../../src/history/history.ts';
import { Inferrer } from '../../src/observe/inferrer.ts';
import { eventually, stateFacts } from './support.ts';

describe('the inferrer', () => {
  let history: History;
  let inferrer: Inferrer;
  /** Whether our end can be looked at, and how often it was. */
  let sighted: boolean;
  let looks: number;
  let lookedUs: number | undefined;

  beforeEach(() => {
    history = new History();
    [sighted, looks, lookedUs] = [true, 0, undefined];
    const look = (): void => {
      looks += 1;
      if (sighted) lookedUs = nowUs();
    };
    inferrer = new Inferrer({ history, sight: { look, lookedUs: () => lookedUs } });
    inferrer.infer('c');
    history.record({ kind: 'event', connection: 'c', event: 'connected' });
    see('ESTABLISHED');
  });
  afterEach(() => inferrer.stop());

  function see(state: SocketState, vantage: Vantage = 'ncs'): void {
    const us = nowUs();
    const seen = { means: 'sock_diag', evidence: 'observed', us, sinceUs: us - 5 } as const;
    history.record({ kind: 'state', connection: 'c', vantage, state, ...seen });
  }

  const act = (name: ActFact['act']): void =>
    void history.record({ kind: 'act', connection: 'c', act: name });
  const inferred = (): StateFact[] =>
    stateFacts(history.facts).filter(({ evidence }) => evidence === 'inferred');
  const states = (): string =>
    inferred()
      .map(({ state }) => state)
      .join(' ');
  /** What follows at once has been recorded when this is over. */
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const reach = (expected: string): Promise<unknown> =>
    eventually(
      () => `${expected}, but ${states()}`,
      () => states() === expected,
    );

  it('records what follows as a fact of the device, with what it follows from', async () => {
    act('close');
    see('TIME_WAIT');
    await settled();
    expect(inferred()).to.have.length(1);
    expect(inferred()[0]).to.deep.include({
      connection: 'c',
      vantage: 'device',
      state: 'none',
      means: 'inference',
      from: 'TIME_WAIT here',
    });
    expect(inferrer.states).to.equal(1);
  });

  it('records nothing that is merely likely', async () => {
    act('half-close');
    see('FIN_WAIT_1');
    await settled();
    expect(states()).to.equal('');
  });

  it('takes a FIN_WAIT_2 for CLOSE_WAIT once it stands, seen until then', async () => {
    act('half-close');
    see('FIN_WAIT_2');
    const seenUs = nowUs();
    await settled();
    expect(states()).to.equal('');
    await reach('CLOSE_WAIT');
    const [fact] = inferred();
    expect(looks).to.be.greaterThan(0);
    expect((fact?.us ?? 0) - seenUs).to.be.greaterThan(450_000);
    expect(fact?.sinceUs).to.be.lessThan(seenUs);
  });

  it('takes no FIN_WAIT_2 for standing that nobody could look at, until somebody can', async () => {
    act('half-close');
    see('FIN_WAIT_2');
    lookedUs = nowUs();
    sighted = false;
    await eventually('looks in vain', () => looks >= 2);
    expect(states()).to.equal('');
    sighted = true;
    await reach('CLOSE_WAIT');
  });

  it('follows a late close', async () => {
    act('half-close');
    see('FIN_WAIT_2');
    await reach('CLOSE_WAIT');
    history.record({ kind: 'event', connection: 'c', event: 'fin' });
    see('TIME_WAIT');
    await reach('CLOSE_WAIT none');
  });

  it('takes back what follows no longer', async () => {
    act('half-close');
    see('FIN_WAIT_2');
    await reach('CLOSE_WAIT');
    act('abort');
    see('none');
    await settled();
    expect(states()).to.equal('CLOSE_WAIT UNKNOWN');
    expect(inferred()[1]?.from).to.equal('our reset');
  });

  it('is silent where the device is seen, also by the very look that shows our end', async () => {
    see('CLOSE_WAIT');
    see('FIN_WAIT_2', 'device');
    await settled();
    act('close');
    see('none');
    await settled();
    expect(states()).to.equal('');
  });

  it('leaves the word to an observer of the device that comes later', async () => {
    see('CLOSE_WAIT');
    await settled();
    see('FIN_WAIT_2', 'device');
    act('close');
    see('none');
    await settled();
    expect(states()).to.equal('FIN_WAIT_2');
  });

  it('speaks of the connections that it was told of, until it is stopped', async () => {
    history.record({ kind: 'event', connection: 'another', event: 'reset' });
    inferrer.stop();
    see('CLOSE_WAIT');
    await settled();
    expect(states()).to.equal('');
  });
});
