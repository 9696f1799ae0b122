import { cpus, loadavg, release, totalmem, type } from 'node:os';

/** The machine in a sentence, without its name. */
export function machine(): string {
  const models = [...new Set(cpus().map(({ model }) => model.trim()))];
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${models.join(', ')}, ${memory} GiB, ${type()} ${release()}, Node ${process.versions.node}`;
}

/** The load of the last minute. */
export function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
