import type { Results } from '../results/results.ts';
import { legendSection, signatures } from './certificate/closing.ts';
import { closesSection } from './certificate/closes.ts';
import { conditionsSection } from './certificate/conditions.ts';
import { deviceSection } from './certificate/device.ts';
import { failuresSection } from './certificate/failures.ts';
import { faultsSection } from './certificate/faults.ts';
import { opening } from './certificate/opening.ts';
import {
  notObservableSection,
  notRunSection,
  remarksSection,
  withoutVerdictSection,
} from './certificate/remarks.ts';
import { requirementsSection } from './certificate/requirements.ts';
import { style } from './certificate/style.ts';
import type { TestDigest } from './digest.ts';
import { html } from './html.ts';
import { standingOf } from './standing.ts';

/**
 * The page about a campaign that a person signs: one HTML document without script, style sheet or picture from
 * elsewhere, for a screen and for A4. It calls itself a certificate only after a full, complete campaign that
 * passed; text from the device is inert in it, and its size is bounded.
 * @param digests of the failed tests at least; without them the failures stand without their diagrams
 */
export function certificateHtml(results: Results, digests: readonly TestDigest[]): string {
  const { title } = standingOf(results);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <title>${title}: ${results.device.name}</title>
        <style>
          ${style(`${results.campaign.id} ${title}`)}
        </style>
      </head>
      <body>
        ${opening(results)}
        <main>
          ${faultsSection(results)}${failuresSection(results, digests)}${withoutVerdictSection(results)}${requirementsSection(results)}${remarksSection(results)}${deviceSection(results)}${conditionsSection(results)}${closesSection(results)}${notObservableSection(results)}${notRunSection(results)}${legendSection(results)}
        </main>
        ${signatures(results)}
      </body>
    </html> `;
  return page.text;
}
