import { expect } from 'chai';
import { createServer } from 'node:net';
import { createDevice } from '../../src/device/device.ts';
import { ownPort } from '../../src/ncs/own-port.ts';

describe("a port of the NCS's own", () => {
  it('is free, and apart from those that devices take (device/listen.ts)', async () => {
    const device = await createDevice({});
    const port = (await ownPort())!;
    await new Promise<void>((resolve, reject) => {
      const server = createServer().once('error', reject);
      server.listen(port, () => server.close(() => resolve()));
    });
    await device.stop();
    expect(Math.max(...Object.values(device.ports))).to.be.below(26_000);
    expect(port).to.be.within(26_000, 31_999);
  });
});
