import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './build/bundle.ts';

/** Makes dist; part of `npm ci`. */
const root = fileURLToPath(new URL('..', import.meta.url));
await bundle(root, join(root, 'dist'));
