import { stringify } from 'yaml';
import { printable } from '../document/problem.ts';
import { DEFAULT_PORTS } from '../subject/resolve.ts';
import { DEFAULT_TIMES } from '../subject/target.ts';
import type { Acquaintance } from './get-to-know.ts';
import { TIME_MEANINGS } from './words.ts';

/** What a device file is written from. */
export interface DeviceDraft {
  host: string;
  address: string;
  name?: string | undefined;
  mosId?: string | undefined;
  ncsId?: string | undefined;
  found: Acquaintance;
  date: Date;
}

/** A device file with everything that was found out, and comments on everything that may be set. */
export function deviceFileText(draft: DeviceDraft): string {
  const { host, address, found } = draft;
  const { model = host } = found;
  return `# Device file of mos-conformance, written by "init" on ${draft.date.toISOString().slice(0, 10)}.
# Check it with "mos-conformance check FILE", certify the device with "mos-conformance run FILE".

# What reports call the device.
name: ${scalar(draft.name ?? model)}

# Address or host name${host === address ? '' : ` (${address} when this file was written)`}.
host: ${scalar(host)}

# The ports that the device declares.
ports:
${portLines(found)}

# The IDs in the device's own configuration: its mosID, and the ncsID of the newsroom that may call it.
${answerComment(draft)}${idLine('mosId', draft.mosId)}
${idLine('ncsId', draft.ncsId)}

# The MOS revision: 2.6 or 2.8.0 to 2.8.5.${found.revision ? ' The device says so itself.' : ''}
revision: ${found.revision ?? '2.8.5'}

# What the device sends and understands: ucs-2be is what MOS prescribes.
${encodingLines(found)}

# The profiles that the device claims; every device owes profile 0.${found.profiles ? ' The device says so itself.' : ''}
${found.profiles ? `profiles: [${found.profiles.join(', ')}]` : '# profiles: [0, 1]'}

# How many connections the device may be given at once, all ports together.
# limits:
#   connections: 64

# Times of the run. Whatever is changed here stands on the certificate.
# parameters:
${timeLines()}

# What a campaign may do beyond gentle traffic. Grant nothing while the device is on air.
#   load        more than 5 connections at once, or more than 10 in a row
#   disruptive  resets, and messages that no device should ever get
#   playout     commands that may change the output
# allow: [load, disruptive]

# A command that brings the device back where a test has brought it down.
# restart: systemctl restart prompter

# "proxied" where a proxy, a tunnel or NAT stands between: what is seen here proves less about the device then.
# path: direct

# Our own ports, for a device that dials the newsroom.
# listen: { lower: 10540, upper: 10541 }

# What is not to be held against the device; the reason stands on the certificate.
# waive:
#   - { test: REL-08, reason: why }
`;
}

function portLines({ ports }: Acquaintance): string {
  return (['lower', 'upper', 'query'] as const)
    .map((name) => {
      const port = ports[name];
      if (port?.open) return `  ${name}: ${port.number}`;
      if (name === 'query') return `  # query: ${port?.number ?? 10_542}`;
      return `  ${name}: none  # ${port ? `${port.number} ${port.text}` : `usually ${DEFAULT_PORTS[name]}`}`;
    })
    .join('\n');
}

function idLine(key: 'mosId' | 'ncsId', id: string | undefined): string {
  return id === undefined ? `# ${key}: fill in` : `${key}: ${scalar(id)}`;
}

function answerComment({ found }: DeviceDraft): string {
  if (found.answers === undefined) return '';
  if (!found.answers)
    return '# The device did NOT answer a heartbeat with these IDs; check both configurations.\n';
  return `# The device answered a heartbeat with these IDs after ${found.replyMs ?? 0} ms.\n`;
}

function encodingLines({ encoding, answeredIn }: Acquaintance): string {
  const note = answeredIn
    ? `# Asked in ${encoding ?? 'ucs-2be'}, the device answered in ${answeredIn}.\n`
    : '';
  return `${note}encoding: ${encoding ?? 'ucs-2be'}`;
}

function timeLines(): string {
  return Object.entries(DEFAULT_TIMES)
    .map(([name, ms]) => {
      const meaning =
        TIME_MEANINGS[name as keyof typeof DEFAULT_TIMES].split(/[.;] /)[0]?.replace(/\.$/, '') ?? '';
      return `#   ${`${name}: ${ms / 1_000}s`.padEnd(20)}  # ${meaning}`;
    })
    .join('\n');
}

/** Text as YAML that reads back as the same text, on one line. */
function scalar(text: string): string {
  return stringify(printable(text), { lineWidth: 0 }).trim();
}
