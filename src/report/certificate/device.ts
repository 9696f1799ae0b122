import { PORT_NAMES } from '../../history/facts.ts';
import type { DeviceResult, PortHabits, Results } from '../../results/results.ts';
import { duration } from '../format.ts';
import { html, type Markup } from '../html.ts';
import { facts, table } from './tables.ts';

const ANSWERS: Readonly<Record<PortHabits['answers'], string>> = {
  reply: 'answers',
  silence: 'takes connections, stays silent',
  close: 'closes the connection',
  reset: 'resets the connection',
  refused: 'refuses connections',
};

function habitsTable(device: DeviceResult): Markup {
  const found = PORT_NAMES.filter((name) => device.habits[name]);
  if (found.length === 0)
    return html`<p>The campaign ended before its opening test could tell what the device does.</p>`;
  const columns = [
    { head: 'Port' },
    { head: 'Opening exchange' },
    { head: 'Reply after', set: 'number' as const },
    { head: 'Encoding' },
    { head: 'Closes after each reply' },
    { head: 'Closes an older connection' },
  ];
  const yes = (habit: boolean): string => (habit ? 'yes' : 'no');
  const rows = found.map((name) => {
    const habit = device.habits[name] as PortHabits;
    const reply = habit.replyMs === undefined ? '–' : duration(habit.replyMs);
    const encoding = habit.encoding ?? '–';
    return {
      cells: [
        `${name} ${device.ports[name] ?? ''}`,
        habit.probe === undefined ? ANSWERS[habit.answers] : `${ANSWERS[habit.answers]} (${habit.probe})`,
        reply,
        encoding,
        yes(habit.closesAfterReply),
        yes(habit.closesOlder),
      ],
    };
  });
  return table(columns, rows);
}

function machine(device: DeviceResult): Markup | string {
  const entries = Object.entries(device.machine ?? {});
  if (entries.length === 0) return '';
  return html`<h3>What the device says of itself (listMachInfo)</h3>
    ${facts(entries.slice(0, 40))}`;
}

/** The device: what was declared about it, what it says of itself, and what it was found to do. */
export function deviceSection({ device }: Results): Markup {
  const owners = Object.entries(device.processes ?? {}).map(
    ([port, owner]) => html`<div>${port}: ${owner}</div>`,
  );
  return html`<section>
    <h2>The device</h2>
    ${facts([
      ['Name', device.name],
      ['Host name', device.host],
      ['Address tested', device.address],
      ['MOS ID', device.mosId],
      ['NCS ID used', device.ncsId],
      ['MOS revision claimed', device.revision],
      ['Profiles claimed', device.profiles.length === 0 ? 'none' : device.profiles.join(', ')],
      ['Encoding declared', device.encoding],
      [
        'Path',
        device.path === 'direct'
          ? 'direct: no proxy or address translation between'
          : 'through a proxy or address translation: states of our end say nothing certain about the device',
      ],
      ['Process that listens', owners.length === 0 ? '' : owners],
      ['Device file', device.file ?? ''],
    ])}${machine(device)}
    <h3>What it was found to do</h3>
    ${habitsTable(device)}
  </section>`;
}
