import type { Network as DeviceNetwork } from '../../src/device/network.ts';
import type { Network as NcsNetwork } from '../../src/ncs/network.ts';
import { ownPort } from '../../src/ncs/own-port.ts';
import { TCP as NCS_TCP } from '../../src/ncs/tcp.ts';
import { TCP as DEVICE_TCP } from '../../src/device/tcp.ts';
import { openObserver, type Chosen } from '../../src/observe/choose.ts';
import type { Step, TestCase } from '../../src/suite/model.ts';
import type { Target } from '../../src/subject/target.ts';
import { DEFAULT_TIMES } from '../../src/subject/target.ts';
import { InProcessNetwork } from '../in-process/network.ts';
import { inVirtualTime } from '../in-process/virtual-time.ts';
import { ownAddress } from '../own-address.ts';

/** What connects one device with the newsroom that tests it. */
interface Line {
  /** Where the device listens. */
  address: string;
  device: DeviceNetwork;
  ncs: NcsNetwork;
  freePort(): Promise<number | undefined>;
}

/** How tests are played against devices of this process. */
export interface Way {
  name: string;
  /** Tests that are played at the same time, each against a device of its own. */
  concurrency: number;
  /** It costs next to nothing, so that faults which should not be noticed are tried as well. */
  everyFault: boolean;
  /** What is about the kernel's sockets and their states can be seen. */
  hasSockets: boolean;
  /** A line for one device. */
  line(): Line;
  observers(): Promise<Chosen>;
  /** Why a test cannot be played so; undefined where it can. */
  whyNot(test: TestCase): string | undefined;
  /** Runs the whole detection. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

/** Times short enough for a test of ours, long enough for two busy cores. */
export const SHORT_TIMES: Target['times'] = {
  ...DEFAULT_TIMES,
  connectTime: 3_000,
  replyTime: 3_000,
  releaseTime: 1_500,
  lateTime: 4_000,
  recoveryTime: 3_000,
  idleTime: 400,
  churnTime: 5_000,
  gridTime: 20_000,
};

/** Over TCP, with the kernel's word on the states of both ends. */
export const SOCKETS: Way = {
  name: 'over sockets',
  concurrency: 8,
  everyFault: false,
  hasSockets: true,
  line: () => ({ address: ownAddress(), device: DEVICE_TCP, ncs: NCS_TCP, freePort: ownPort }),
  observers: () => openObserver(),
  whyNot: () => undefined,
  during: (work) => work(),
};

/**
 * Without sockets, in virtual time: device and newsroom are in one event loop, waits cost nothing, and what a test
 * finds does not depend on how busy the machine is. Each test has that loop to itself.
 */
export const IN_PROCESS: Way = {
  name: 'in process',
  concurrency: 1,
  everyFault: true,
  hasSockets: false,
  line: () => {
    const network = new InProcessNetwork();
    const freePort = (): Promise<number> => Promise.resolve(network.freePort());
    return { address: '127.0.0.1', device: network.device, ncs: network.ncs, freePort };
  },
  observers: () => Promise.resolve({ observer: undefined, tried: [] }),
  whyNot: ({ steps }) => steps.map(needsSocket).find((why) => why !== undefined),
  during: inVirtualTime,
};

/** What a step does that takes a socket of the kernel. */
function needsSocket(step: Step): string | undefined {
  switch (step.verb) {
    case 'vanish':
    case 'churn':
      return step.verb;
    case 'connect':
      return step.from ? 'a local port of its own' : undefined;
    case 'reconnect':
      return step['same-port'] ? 'the local port of another connection' : undefined;
    case 'repeat':
      return step.steps.map(needsSocket).find((why) => why !== undefined);
    case 'parallel':
      return step.branches
        .flat()
        .map(needsSocket)
        .find((why) => why !== undefined);
    case 'expect':
      return step.expect.kind === 'descriptors' || step.expect.kind === 'listening'
        ? step.expect.kind
        : undefined;
    default:
      return undefined;
  }
}
