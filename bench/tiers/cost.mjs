import { writeFileSync } from 'node:fs';

/** Loaded into a process before its own modules: writes the CPU time that it took, in us, into this folder at its end. */
const folder = process.env.BENCH_COST_FOLDER;
process.once('exit', () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(`${folder}/${process.pid}.cost`, String(user + system));
});
