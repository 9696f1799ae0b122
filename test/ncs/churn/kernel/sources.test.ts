import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../few-ports.ts', import.meta.url));

/** A namespace with its own loopback and ten ports, each of which stays with its connection for a minute. */
const TEN_PORTS = [
  'ip link set lo up',
  'echo "40000 40009" > /proc/sys/net/ipv4/ip_local_port_range',
  'echo 0 > /proc/sys/net/ipv4/tcp_tw_reuse',
].join(' && ');

function churnWithTenPorts(cycles: number): Record<string, unknown> {
  const command = `${TEN_PORTS} && exec "${process.execPath}" --import tsx "${SCRIPT}" ${cycles}`;
  const { stdout, stderr } = spawnSync('unshare', ['--net', 'sh', '-c', command], { encoding: 'utf8' });
  expect(stdout, stderr).to.not.equal('');
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('a churn with few local ports', function () {
  this.timeout(60_000);

  before(function () {
    if (process.platform === 'linux' && spawnSync('unshare', ['--net', 'true']).status === 0) return;
    process.stderr.write('    skipped: there is no namespace to test in\n');
    this.skip();
  });

  it('borrows those of other loopback addresses', () => {
    const { engine, ended, answered, failures } = churnWithTenPorts(300);
    expect({ engine, ended, answered, failures }).to.deep.equal({
      ...{ engine: 'kernel', ended: 'cycles', answered: 300, failures: 0 },
    });
  });

  it('blames nobody when all of them are taken', () => {
    const { ended, why, failures, limited, balance } = churnWithTenPorts(2_000);
    expect({ ended, failures }).to.deep.equal({ ended: 'limit', failures: 0 });
    expect(limited).to.be.at.least(1);
    expect(why).to.match(/EADDRNOTAVAIL/);
    expect(balance).to.deep.equal({ opening: 0, asking: 0, ending: 0 });
  });
});
