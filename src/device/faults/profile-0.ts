import { childText } from '../../wire/xml.ts';
import type { MosElement } from '../../wire/types.ts';
import { machineInformation } from '../machine-info.ts';
import { refusal } from '../refusal.ts';
import { changesAnswer, family, ignores, setTo } from './shapes.ts';

/** The requests of Profile 1, which the device would otherwise serve. */
const PROFILE_1 = ['mosReqObj', 'mosReqAll'];

/** Faults of what Profile 0 asks of every device: heartbeats and machine information. */
export const PROFILE_0 = family({
  'no-heartbeat': ignores(({ name }) => name === 'heartbeat'),
  'heartbeat-without-time': changesAnswer(({ answer: { body } }) => {
    if (body.name === 'heartbeat') leaveOut(body, 'time');
  }),
  'breaks-on-heartbeat-time': ignores(
    ({ name, body }) => name === 'heartbeat' && /[+-]\d{2}:\d{2}$/.test(childText(body, 'time') ?? ''),
  ),
  'no-machine-info': ignores(({ name }) => name === 'reqMachInfo'),
  'machine-info-incomplete': changesAnswer(({ answer: { body } }) => {
    if (body.name === 'listMachInfo') leaveOut(body, 'SN', 'mosRev');
  }),
  'machine-info-breaks-dependencies': setTo((settings) => {
    settings.profiles = new Set([...settings.profiles, 3]);
  }),
  'machine-info-varies': changesAnswer(({ answer, connection }, { settings }) => {
    const isClaim = answer.body.name === 'listMachInfo' && connection.port === 'lower';
    const profiles = new Set([...settings.profiles, 2]);
    if (isClaim) answer.body = machineInformation({ ...settings, profiles });
  }),
  'machine-info-overclaims': {
    behave({ settings }) {
      settings.profiles = new Set([...settings.profiles, 2, 4]);
      return {
        answer({ request: { name }, answer }, next) {
          if (PROFILE_1.includes(name)) answer.body = refusal(`${name} is not supported`);
          next();
        },
      };
    },
  },
});

function leaveOut(element: MosElement, ...names: string[]): void {
  element.children = element.children.filter(({ name }) => !names.includes(name));
}
