import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resultsSchema } from '../src/report/results-schema.ts';
import { SCHEMA_FILE, suiteJsonSchema } from '../src/suite/schema.ts';

/** Writes the published schemas: of suites, for editors, and of results.json, for whoever reads it. */
const results = fileURLToPath(new URL('../docs/results.schema.json', import.meta.url));
writeFileSync(SCHEMA_FILE, suiteJsonSchema());
writeFileSync(results, `${JSON.stringify(resultsSchema(), null, 2)}\n`);
