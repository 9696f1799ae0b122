import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { REQUIREMENTS } from '../../src/requirements/catalogue.ts';
import { FAMILIES as SHOWN_FAMILIES } from '../../src/device/faults/index.ts';
import { FAMILIES, FAULTS } from '../../src/faults/catalogue.ts';

describe('catalogue of faults', () => {
  it('has the families of the reference device, and in each the same faults', () => {
    const namesIn = (families: Readonly<Record<string, object>>): Record<string, string[]> =>
      Object.fromEntries(Object.entries(families).map(([name, faults]) => [name, Object.keys(faults)]));
    expect(Object.keys(FAMILIES)).to.deep.equal(Object.keys(SHOWN_FAMILIES));
    expect(namesIn(FAMILIES)).to.deep.equal(namesIn(SHOWN_FAMILIES));
  });

  it('has every family in the file of its name', () => {
    for (const folder of ['faults', 'device/faults']) {
      const files = readdirSync(new URL(`../../src/${folder}/`, import.meta.url), { withFileTypes: true });
      const names = files.filter((one) => one.isFile()).map(({ name }) => name.replace('.ts', ''));
      expect(names, folder).to.include.members(Object.keys(FAMILIES));
    }
  });

  it('has every fault in one family, under its own name', () => {
    const names = Object.values(FAMILIES).flatMap((entries) => Object.keys(entries));
    expect(names).to.deep.equal([...FAULTS.keys()]);
    for (const [id, entry] of FAULTS) {
      expect(entry.id).to.equal(id);
      expect(id).to.match(/^[a-z0-9-]+$/);
    }
    expect(new Set([...FAULTS.values()].map(({ title }) => title)).size).to.equal(FAULTS.size);
  });

  it('breaks only requirements that exist', () => {
    for (const { id, requirements } of FAULTS.values()) {
      expect(requirements, id).not.to.have.length(0);
      for (const broken of requirements) expect(REQUIREMENTS.has(broken), `${id}: ${broken}`).to.equal(true);
    }
  });

  it('breaks every socket requirement by some fault, but for the one that a habit leaves', () => {
    // Closing an idle connection is allowed: it earns a remark and is no defect.
    const leftByHabit = ['SOCK-CON-04'];
    const broken = new Set([...FAULTS.values()].flatMap(({ requirements }) => requirements));
    const whole = [...REQUIREMENTS.keys()].filter((id) => id.startsWith('SOCK-') && !broken.has(id));
    expect(whole).to.deep.equal(leftByHabit);
  });

  it('speaks in sentences', () => {
    for (const { id, title, explanation, remedy } of FAULTS.values()) {
      expect(title, id).to.match(/^[a-z].*[^.]$/);
      expect(explanation, id).to.match(/^[A-Z].{60,}\.$/);
      expect(remedy, id).to.match(/^[A-Z].{20,}\.$/);
    }
  });
});
