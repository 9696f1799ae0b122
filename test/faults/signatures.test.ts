import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { FAULT_NAMES } from '../../src/device/faults/index.ts';
import { FAMILIES, type FamilyName } from '../../src/faults/catalogue.ts';
import { SIGNATURES } from '../../src/faults/signatures.ts';
import { REQUIREMENTS } from '../../src/requirements/catalogue.ts';
import { builtinSuites } from '../../src/suite/builtin.ts';
import { SANITY_TESTS } from '../../src/suite/our-names.ts';
import { readSuites } from '../../src/suite/read.ts';

/** What a signature calls a test, such as `REL-05H`. */
const TEST_ID = /^[A-Z0-9]+-(?:[0-9]+[A-Z]*|OPEN|CLOSE)$/;

/** What a requirement is called, such as `SOCK-REL-02`. */
const REQUIREMENT_ID = /^(?:SOCK|MOS)(?:-[A-Z0-9]+)+$/;

/** The quoted words of a source file that look like an ID. */
function idsIn(source: string): string[] {
  return [...source.matchAll(/'([A-Z0-9-]+)'/g)]
    .map(([, word = '']) => word)
    .filter((word) => TEST_ID.test(word) || REQUIREMENT_ID.test(word));
}

/** The family whose file should say something of the fault. */
function fileOf(fault: string): string {
  const families = Object.keys(FAMILIES) as FamilyName[];
  const family = families.find((one) => fault in FAMILIES[one]);
  return `src/faults/${family ?? '?'}.ts`;
}

describe('signatures of faults', () => {
  it('name only tests and requirements that exist', () => {
    const folder = new URL('../../src/faults/', import.meta.url);
    const { suites } = readSuites(builtinSuites());
    const known = new Set<string>(suites.flatMap((suite) => suite.tests.map(({ id }) => id)));
    for (const id of [...REQUIREMENTS.keys(), ...Object.values(SANITY_TESTS)]) known.add(id);
    const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
    const unknown = files.flatMap((file) =>
      idsIn(readFileSync(new URL(file, folder), 'utf8'))
        .filter((id) => !known.has(id))
        .map((id) => `src/faults/${file}: ${id}`),
    );
    expect(unknown).to.deep.equal([]);
  });

  it('see IDs of every form in the sources', () => {
    expect(idsIn("['REL-01', 'CH-03N', 'SAN-OPEN'], 'SOCK-CON-01', 'FIN_WAIT_2', 'GET'")).to.deep.equal([
      ...['REL-01', 'CH-03N', 'SAN-OPEN', 'SOCK-CON-01'],
    ]);
  });

  it('are asked in the order of the families (src/faults/catalogue.ts, src/faults/signatures.ts)', () => {
    const asked = new Set(SIGNATURES.map(({ fault }) => fileOf(fault)));
    expect([...asked]).to.deep.equal(Object.keys(FAMILIES).map((family) => `src/faults/${family}.ts`));
  });

  it('are there for every fault of the device, and for no other', () => {
    const named = new Set<string>(SIGNATURES.map(({ fault }) => fault));
    const shown = new Set<string>(FAULT_NAMES);
    const without = [...shown].filter((name) => !named.has(name));
    expect(without.map((name) => `${fileOf(name)} has no signature of ${name}`)).to.deep.equal([]);
    const notShown = [...named].filter((name) => !shown.has(name));
    expect(
      notShown.map((name) => `${fileOf(name).replace('src/', 'src/device/')} does not show ${name}`),
    ).to.deep.equal([]);
  });
});
