import { raw, type Markup } from '../html.ts';

/** What may stand in the foot of a printed page without being read as CSS. */
function footText(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,;:@_-]/gu, ' ').slice(0, 110);
}

/**
 * The style of the certificate: sober on a screen, made for A4, every distinction in words or lines so that it
 * survives a grey printer.
 * @param foot what every printed page says at its foot beside its number
 */
export function style(foot: string): Markup {
  return raw(`
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-left { content: "${footText(foot)}"; font: 8pt Helvetica, Arial, sans-serif; color: #444 }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt Helvetica, Arial, sans-serif; color: #444 } }
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body { margin: 0 auto; padding: 28px 30px 60px; max-width: 760px; background: #fff; color: #16202a; overflow-wrap: break-word;
  font: 10.5pt/1.42 Helvetica, Arial, "Liberation Sans", sans-serif }
h1 { font: 700 22pt/1.15 Georgia, "Times New Roman", "Liberation Serif", serif; margin: 2px 0 14px }
h2 { font: 700 14pt/1.2 Georgia, "Times New Roman", "Liberation Serif", serif; margin: 30px 0 8px; padding-bottom: 3px; border-bottom: 1.5px solid #16202a; break-after: avoid }
h3 { font-size: 11pt; line-height: 1.3; margin: 20px 0 5px; break-after: avoid }
p, ul, ol { margin: 5px 0 8px } ul, ol { padding-left: 20px } li { margin: 2px 0; break-inside: avoid }
.over { font-size: 9pt; letter-spacing: .06em; text-transform: uppercase; color: #3d4853; margin: 0 }
.small { font-size: 9pt; color: #3d4853 }
.verdict { display: flex; gap: 18px; align-items: center; margin: 12px 0 14px; break-inside: avoid }
.stamp { flex: none; border: 3px double #16202a; padding: 9px 15px; font: 700 19pt/1 Georgia, "Times New Roman", "Liberation Serif", serif; letter-spacing: .05em }
.stamp.bad { border: 5px solid #16202a }
.stamp.half { border: 3px dashed #16202a }
.sentence { font-size: 12.5pt; line-height: 1.35; margin: 0 }
.banner { border: 3px solid #16202a; padding: 9px 13px; margin: 12px 0; break-inside: avoid }
.banner strong { font-size: 12pt }
table { border-collapse: collapse; width: 100%; margin: 6px 0 12px; font-size: 9.2pt; line-height: 1.35 }
td { overflow-wrap: anywhere } th, td { text-align: left; vertical-align: top; padding: 4px 7px 4px 0; border-bottom: .5px solid #8b949d }
thead th { border-bottom: 1.3px solid #16202a; font-size: 8.6pt } thead { display: table-header-group }
tr { break-inside: avoid } td.number, th.number { text-align: right; white-space: nowrap; padding-right: 12px } td.keep, th.keep, .key { white-space: nowrap }
td.wide, th.wide { width: 42% } table.facts th { width: 27%; font-weight: 400; color: #3d4853 }
tr.bad td, tr.bad th { font-weight: 700 } tr.bad td:first-child, tr.bad th:first-child { border-left: 4px solid #16202a; padding-left: 6px }
.box { border: 1px solid #16202a; border-left-width: 5px; padding: 7px 12px; margin: 10px 0; break-inside: avoid }
.box.follows { border: 1px dashed #16202a; margin-left: 22px }
.box h3 { margin-top: 2px }
pre { font: 8.4pt/1.35 "Liberation Mono", Consolas, Menlo, monospace; white-space: pre-wrap; background: #f4f5f6; border: .5px solid #b6bcc2; padding: 6px 9px; margin: 6px 0 }
code { font: .92em "Liberation Mono", Consolas, Menlo, monospace }
figure { margin: 10px 0 14px; break-inside: avoid } figure svg { display: block; width: 100%; height: auto; max-height: 225mm }
figcaption { font-size: 8.8pt; color: #3d4853; margin-bottom: 4px }
.failure { border-top: 1px solid #8b949d; margin-top: 16px }
.again { border-left: 2px solid #b6bcc2; padding-left: 10px; margin: 8px 0 } .again p { margin: 2px 0 } summary { font-size: 8.8pt; cursor: pointer }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 34px 40px; margin-top: 20px; break-inside: avoid }
.signatures div { border-top: 1px solid #16202a; padding-top: 3px; font-size: 9pt; margin-top: 38px }
.together { break-inside: avoid }
dl { display: grid; grid-template-columns: 9.5em 1fr; gap: 2px 12px; font-size: 9.2pt; margin: 6px 0 } dt { font-weight: 700 } dd { margin: 0 }
@media print { body { padding: 0; max-width: none; font-size: 9.6pt } h2 { margin-top: 22px } details:not([open]) { display: none } }
@media screen and (max-width: 600px) { body { padding: 16px } .verdict { display: block } .stamp { display: inline-block; margin-bottom: 10px } }
`);
}
