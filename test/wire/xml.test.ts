import { expect } from 'chai';
import fc from 'fast-check';
import { MAX_DEPTH } from '../../src/wire/parse-xml.ts';
import { child, childText, element, parseXml, serialize } from '../../src/wire/xml.ts';
import type { MosElement } from '../../src/wire/types.ts';

describe('serialize', () => {
  it('writes elements, attributes and empty elements', () => {
    const tree = element('a', [element('b', 'x'), element('c', '', { n: '1' }), element('d')]);
    expect(serialize(tree)).to.equal('<a><b>x</b><c n="1"/><d/></a>');
    expect(serialize(tree, { emptyElements: 'long' })).to.equal('<a><b>x</b><c n="1"></c><d></d></a>');
  });

  it('escapes what XML would read otherwise', () => {
    expect(serialize(element('a', '<&>"\'\r\n', { b: '<&>"\'\t\r\n' }))).to.equal(
      '<a b="&lt;&amp;&gt;&quot;\'&#9;&#13;&#10;">&lt;&amp;&gt;"\'&#13;\n</a>',
    );
  });

  it('puts white space between elements only', () => {
    const tree = element('a', [element('b', ' x '), element('c', [element('d')])]);
    expect(serialize(tree, { pretty: true })).to.equal('<a>\n  <b> x </b>\n  <c>\n    <d/>\n  </c>\n</a>');
  });
});

describe('parseXml', () => {
  it('reads elements, text, CDATA, references and attributes', () => {
    const { root, problem } = parseXml(`<a x='1 > 0' y="&lt;"><b>1 &amp; <![CDATA[<2>]]>&#x41;</b><c/></a>`);
    expect(problem).to.equal(undefined);
    expect(root).to.deep.equal(
      element('a', [element('b', '1 & <2>A'), element('c')], { x: '1 > 0', y: '<' }),
    );
  });

  it('drops layout between elements and keeps words between them in their places', () => {
    expect(parseXml('<a>\n  <b/>\n  <c/>\n</a>').root).to.deep.equal(
      element('a', [element('b'), element('c')]),
    );
    const text = '<p>one <em>two</em> three<tab/> four</p>';
    const { root } = parseXml(text);
    expect(root?.text).to.equal('one  three four');
    expect(root && serialize(root)).to.equal(text);
  });

  it('keeps what is readable of a text that is not well formed, and says where it goes wrong', () => {
    const { root, problem } = parseXml('<mos>\n<mosID>x</mosID><time>12');
    expect(childText(root, 'mosID')).to.equal('x');
    expect(childText(root, 'time')).to.equal('12');
    expect(problem).to.match(/^line 2, column \d+: unclosed tag/);
    expect(parseXml('<a><b></a>').problem).to.match(/unexpected close tag/);
    expect(parseXml('<a/><b/>').problem).to.be.a('string');
    expect(parseXml('no markup').problem).to.be.a('string');
    expect(parseXml('').problem).to.be.a('string');
    expect(parseXml('').root).to.equal(undefined);
  });

  it('never expands what a document type declares', () => {
    const bomb =
      '<!DOCTYPE mos [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>';
    const { root, problem, doctype } = parseXml(`${bomb}<mos><x>&b;</x><y>&f;</y></mos>`);
    expect(problem).to.match(/declares entities/);
    expect(doctype).to.match(/ENTITY b/);
    expect(childText(root, 'x')).to.equal('&b;');
    expect(childText(root, 'y')).to.equal('&f;');
  });

  it('reads a plain document type declaration over', () => {
    const { root, problem, doctype } = parseXml('<!DOCTYPE mos SYSTEM "mos.dtd"><mos/>');
    expect(root?.name).to.equal('mos');
    expect(problem).to.equal(undefined);
    expect(doctype).to.equal('mos SYSTEM "mos.dtd"');
  });

  it('bounds the depth', () => {
    const deep = 100_000;
    const { root, problem } = parseXml('<a>'.repeat(deep) + '</a>'.repeat(deep));
    expect(problem).to.match(new RegExp(`more than ${MAX_DEPTH} deep`));
    let depth = 0;
    for (let at: MosElement | undefined = root; at; at = child(at, 'a')) depth++;
    expect(depth).to.equal(MAX_DEPTH);
  });

  it('gives up garbage instead of counting its errors', () => {
    const from = performance.now();
    expect(parseXml('<a>' + '&bad '.repeat(200_000)).problem).to.be.a('string');
    expect(performance.now() - from).to.be.below(2000);
  });

  it('keeps attributes of dangerous names plain', () => {
    const { root } = parseXml('<a __proto__="x" constructor="y"/>');
    expect(Object.keys(root?.attributes ?? {})).to.deep.equal(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).x).to.equal(undefined);
  });

  it('knows the line of each element', () => {
    const { root, lines } = parseXml('<a>\n<b\n/>\n</a>');
    expect(root && lines.get(root)).to.equal(1);
    expect(root?.children[0] && lines.get(root.children[0])).to.equal(2);
  });

  it('reads back what serialize wrote', () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/);
    const text = fc
      .string({ unit: 'grapheme' })
      .map((value) => value.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/g, ''));
    const leaf = fc.tuple(name, text, fc.dictionary(name, text, { maxKeys: 3, noNullPrototype: true }));
    const { tree } = fc.letrec<{ tree: MosElement }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf.map(([n, t, a]) => element(n, t, a)),
        fc
          .tuple(leaf, fc.array(tie('tree'), { minLength: 1, maxLength: 4 }))
          .map(([[n, , a], c]) => element(n, c, a)),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.constantFrom('short', 'long'), (made, emptyElements) => {
        const { root, problem } = parseXml(serialize(made, { emptyElements }));
        expect(problem).to.equal(undefined);
        expect(root).to.deep.equal(made);
      }),
    );
  });
});
