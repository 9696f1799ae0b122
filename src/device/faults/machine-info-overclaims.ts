import type { Fault } from '../behaviour.ts';
import { refusal } from '../refusal.ts';

/** The requests of Profile 1, which the device would otherwise serve. */
const PROFILE_1 = ['mosReqObj', 'mosReqAll'];

/** Claims profiles it does not have. */
export const machineInfoOverclaims: Fault = {
  name: 'machine-info-overclaims',
  title: 'Claims profiles it does not have',
  description: 'The device claims Profiles 1, 2 and 4, but refuses all of their requests.',
  breaks: 'The newsroom sends running orders that nobody plays.',
  behave({ settings }) {
    settings.profiles = new Set([...settings.profiles, 2, 4]);
    return {
      answer(exchange, next) {
        const { name } = exchange.request;
        if (PROFILE_1.includes(name)) exchange.answer.body = refusal(`${name} is not supported`);
        next();
      },
    };
  },
};
