import type { Variation } from '../device/behaviour.ts';
import { FAULT_NAMES, FAULTS as SHOWN_FAULTS } from '../device/faults/index.ts';
import { HABITS } from '../device/habits/index.ts';
import { faultOf } from '../faults/catalogue.ts';

/** One fault or habit of the reference device, as a person reads of it. */
interface Described {
  name: string;
  sentence: string;
  parameter: Variation['parameter'];
}

/** The faults and habits that the reference device can be given, as text. */
export function variationsForPeople(): string {
  const faults = FAULT_NAMES.map((name): Described => {
    const parameter = SHOWN_FAULTS.get(name)?.parameter;
    return { name, sentence: `The device ${faultOf(name).title}.`, parameter };
  });
  const habits = [...HABITS.values()].map(({ name, description, parameter }): Described => ({
    name,
    sentence: description,
    parameter,
  }));
  const width = Math.max(...[...faults, ...habits].map(({ name }) => name.length)) + 2;
  const line = ({ name, sentence, parameter }: Described): string => {
    const value = parameter ? ` [=${parameter.default}: ${parameter.means}, ${parameter.unit}]` : '';
    return `  ${name.padEnd(width)}${sentence}${value}`;
  };
  return [
    'Faults (--fault):',
    ...faults.map(line),
    'Habits, correct but unusual (--habit):',
    ...habits.map(line),
  ].join('\n');
}

/** The same as JSON. */
export function variationsAsJson(): string {
  const faults = FAULT_NAMES.map((name) => {
    const { title, explanation } = faultOf(name);
    return { name, title, explanation, parameter: SHOWN_FAULTS.get(name)?.parameter };
  });
  const habits = [...HABITS.values()].map(({ behave: _behave, ...rest }) => rest);
  return JSON.stringify({ faults, habits });
}
