import { createRequire } from 'node:module';
import process from 'node:process';
import { campaignFile } from './campaign/mocha-file.ts';

/**
 * Makes a suite a mocha spec file: with this module required and the extension `yaml` known, `npx mocha` runs the
 * suites against the device of MOS_DEVICE (a device file), else against the embedded reference device.
 */
const require = createRequire(import.meta.url);
require.extensions['.yaml'] = (_module, file) => campaignFile(file, process.env['MOS_DEVICE']);
