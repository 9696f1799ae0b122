import { expect } from 'chai';
import { html, raw, xml } from '../../src/report/html.ts';
import { clip, visible, visibleLine } from '../../src/report/visible.ts';

describe('the escaping template', () => {
  it('escapes every value in text and attributes', () => {
    const hostile = `"><script>alert('1')</script>&`;
    expect(html`<p title="${hostile}">${hostile}</p>`.text).to.equal(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</p>',
    );
  });

  it('takes markup as it is, joins lists, leaves out what is not there', () => {
    const items = ['a', 'b'].map((item) => html`<li>${item}</li>`);
    expect(xml`<ul>${items}${false}${undefined}${null}${0}${raw('<hr/>')}</ul>`.text).to.equal(
      '<ul><li>a</li><li>b</li>0<hr/></ul>',
    );
  });

  it('makes visible what a page would act upon', () => {
    expect(html`${'a\u0000\u001b[31m\u202eb\ud800c\tz'}`.text).to.equal(
      'a[U+0000][U+001B][31m[U+202E]b\ufffdc\tz',
    );
  });
});

describe('visible text', () => {
  it('keeps emoji, line feeds and tabs', () => {
    expect(visible('🎬 a\r\nb\tc')).to.equal('🎬 a\nb\tc');
    expect(visibleLine('a\r\nb\tc')).to.equal('a b c');
  });

  it('is cut without tearing a character', () => {
    expect(clip('abcdef', 4)).to.equal('abc…');
    expect(clip('ab🎬def', 4)).to.equal('ab…');
    expect(clip('abcd', 4)).to.equal('abcd');
  });
});
