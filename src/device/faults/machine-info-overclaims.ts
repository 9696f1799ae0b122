import type { Fault } from '../behaviour.ts';

/** Claims profiles it does not have. */
export const machineInfoOverclaims: Fault = {
  name: 'machine-info-overclaims',
  title: 'Claims profiles it does not have',
  description: 'The device claims Profiles 2 and 4, but refuses all of their requests.',
  breaks: 'The newsroom sends running orders that nobody plays.',
  behave({ settings }) {
    settings.profiles = new Set([...settings.profiles, 2, 4]);
    return {};
  },
};
