import { isUnavailable, loadKoffi } from '../../src/native/koffi.ts';

/** A second descriptor for the same file, which keeps a socket as a program does that never closes it. Linux only. */
export function duplicateOf(fd: number): { close(): void } {
  const koffi = loadKoffi();
  if (isUnavailable(koffi)) throw new Error(koffi.unavailable);
  const library = koffi.load(null);
  const duplicate = library.func('int dup(int fd)')(fd) as number;
  if (duplicate < 0) throw new Error(`descriptor ${fd} cannot be duplicated (errno ${koffi.errno()})`);
  return {
    close() {
      if ((library.func('int close(int fd)')(duplicate) as number) < 0)
        throw new Error(`descriptor ${duplicate} was not open (errno ${koffi.errno()})`);
    },
  };
}
