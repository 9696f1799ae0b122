/** Starts a thread on a module in TypeScript: Node 20 does not hand the loader of the main thread on to others. */
import { pathToFileURL } from 'node:url';
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(pathToFileURL(workerData).href);
