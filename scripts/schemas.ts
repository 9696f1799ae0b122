import { writeFileSync } from 'node:fs';
import { SCHEMA_FILE, suiteJsonSchema } from '../src/suite/schema.ts';

writeFileSync(SCHEMA_FILE, suiteJsonSchema());
