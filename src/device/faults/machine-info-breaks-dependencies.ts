import type { Fault } from '../behaviour.ts';

/** Claims a profile without those it needs. */
export const machineInfoBreaksDependencies: Fault = {
  name: 'machine-info-breaks-dependencies',
  title: 'Claims a profile without those it needs',
  description: 'The device claims Profile 3 without Profile 2, on which it depends.',
  breaks: 'The newsroom cannot tell which messages it may send.',
  behave({ settings }) {
    settings.profiles = new Set([...settings.profiles, 3]);
    return {};
  },
};
