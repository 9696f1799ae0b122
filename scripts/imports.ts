import { checkImports } from './imports/check.ts';
import { NEVER_REACHES, ORDER } from './imports/order.ts';

/** Holds the imports of this repository to scripts/imports/order.ts; part of `npm run check`. */
const found = await checkImports(process.cwd(), ORDER, NEVER_REACHES);
for (const sentence of found) process.stderr.write(`${sentence}\n`);
if (found.length > 0) process.exitCode = 1;
