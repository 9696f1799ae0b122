import { expect } from 'chai';
import { REQUIREMENTS, SUPERSEDED_BY, requirement } from '../../src/requirements/catalogue.ts';
import { requirementTable } from '../../src/requirements/table.ts';

/** must, should, may of every family, counted in the documents. */
const COUNTS: Record<string, [number, number, number]> = {
  'SOCK-CON': [3, 1, 0],
  'SOCK-REL': [8, 2, 0],
  'SOCK-HC': [4, 1, 0],
  'SOCK-DC': [2, 0, 0],
  'SOCK-AB': [6, 0, 0],
  'SOCK-RC': [8, 0, 0],
  'SOCK-CH': [5, 1, 0],
  'SOCK-ST': [3, 1, 0],
  'MOS-CONN': [7, 8, 1],
  'MOS-ENC': [2, 1, 2],
  'MOS-FRM': [7, 8, 1],
  'MOS-ENV': [5, 3, 1],
  'MOS-ACK': [9, 4, 2],
  'MOS-HB': [8, 1, 3],
  'MOS-MI': [10, 2, 2],
  'MOS-P1': [12, 1, 0],
  'MOS-P2': [23, 15, 2],
  'MOS-P3': [9, 6, 0],
  'MOS-P4': [3, 7, 0],
  'MOS-P5': [3, 2, 0],
  'MOS-P6': [1, 1, 0],
  'MOS-P7': [4, 0, 0],
  'MOS-ERR': [1, 9, 1],
  'MOS-SYN': [2, 3, 0],
};

const familyOf = (id: string): string => id.replace(/-\d\d$/, '');

describe('catalogue of requirements', () => {
  const all = [...REQUIREMENTS.values()];

  it('has 192 requirements of MOS and 45 of sockets', () => {
    expect(all.filter(({ id }) => id.startsWith('MOS-'))).to.have.length(192);
    expect(all.filter(({ id }) => id.startsWith('SOCK-'))).to.have.length(45);
  });

  it('has no family beside those counted here', () => {
    expect([...new Set(all.map(({ id }) => familyOf(id)))].sort()).to.deep.equal(Object.keys(COUNTS).sort());
  });

  for (const [family, expected] of Object.entries(COUNTS)) {
    it(`weighs the requirements of ${family} as the documents do`, () => {
      const own = all.filter(({ id }) => familyOf(id) === family);
      const counted = (['must', 'should', 'may'] as const).map(
        (level) => own.filter((entry) => entry.level === level).length,
      );
      expect(counted).to.deep.equal(expected);
    });

    it(`numbers ${family} without gaps`, () => {
      const own = all.filter(({ id }) => familyOf(id) === family);
      own.forEach(({ id }, index) => expect(id).to.equal(`${family}-${String(index + 1).padStart(2, '0')}`));
    });
  }

  it('completes the sentence "The device ..."', () => {
    for (const { id, text } of all) {
      expect(text, id).to.match(/^(?:[a-z-]+s|does not|neither|lets no|still sends|has|goes on|is) /);
      expect(text, id).not.to.match(/[.…]$/);
    }
  });

  it('names a source for each', () => {
    for (const { id, source } of all)
      expect(source, id).to.match(/^(AP|RFC|MOS|convention|field practice|not stated)/);
  });

  it('treats the order of the envelope as a should', () => {
    expect(requirement('MOS-ENV-02').level).to.equal('should');
  });

  it('offers the nearest ID', () => {
    expect(() => requirement('SOCK-REL-1')).to.throw(
      'unknown requirement "SOCK-REL-1"; did you mean "SOCK-REL-01"?',
    );
    expect(() => requirement('sock-hc-05')).to.throw('did you mean "SOCK-HC-05"?');
    expect(() => requirement('quite something else')).to.throw(
      /^unknown requirement "quite something else"$/,
    );
  });

  it('lets only existing requirements give way to existing ones', () => {
    for (const [weaker, stronger] of SUPERSEDED_BY) {
      expect(REQUIREMENTS.has(weaker), weaker).to.equal(true);
      expect(
        all.some(({ id }) => id === stronger || familyOf(id) === stronger),
        stronger,
      ).to.equal(true);
    }
  });
});

describe('table of requirements', () => {
  it('refuses a row that is none', () => {
    expect(() => requirementTable('SOCK-X-01 | must | lacks a source')).to.throw('not a row of requirements');
    expect(() => requirementTable('SOCK-X-01 | shall | has a wrong level | AP')).to.throw('not a row');
  });
});
