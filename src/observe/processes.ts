import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** The errno name of a failed call of `fs`. */
export function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error';
}

/** The ids of all processes that /proc shows; empty where there is no /proc. */
export function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** The parent of a process; undefined once it is gone. */
export function parentOf(pid: number): number | undefined {
  // The name in parentheses may hold anything, closing parentheses too: what counts comes after the last.
  const stat = readText(`/proc/${pid}/stat`);
  const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  return parent === undefined ? undefined : Number(parent);
}

/** The command line of a process as a person would write it, cut to a length that fits a report. */
export function commandOf(pid: number): string | undefined {
  const commandLine = readText(`/proc/${pid}/cmdline`)?.split('\0').join(' ').trim();
  const command = commandLine === '' ? readText(`/proc/${pid}/comm`)?.trim() : commandLine;
  return command?.replace(/\p{Cc}+/gu, ' ').slice(0, 200);
}

/** One descriptor of a process that is a socket. */
export interface SocketDescriptor {
  pid: number;
  fd: string;
  inode: number;
}

/**
 * The socket descriptors of a process.
 * @returns `gone` once the process is, `hidden` where it belongs to another user
 */
export function socketDescriptorsOf(pid: number): SocketDescriptor[] | 'gone' | 'hidden' {
  let names: string[];
  try {
    names = readdirSync(`/proc/${pid}/fd`);
  } catch (error) {
    return isGone(error) ? 'gone' : 'hidden';
  }
  return names.flatMap((fd) => {
    const inode = socketInode(pid, fd);
    return inode === undefined ? [] : [{ pid, fd, inode }];
  });
}

/** The processes that hold one of these sockets, as far as they let us look. */
export function holdersOf(inodes: ReadonlySet<number>): number[] {
  return processIds().filter((pid) => {
    const descriptors = socketDescriptorsOf(pid);
    return Array.isArray(descriptors) && descriptors.some(({ inode }) => inodes.has(inode));
  });
}

/** The inode of the socket that this descriptor is now; undefined where it is none or closed. */
export function socketInode(pid: number, fd: string): number | undefined {
  try {
    const [, inode] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? [];
    return inode === undefined ? undefined : Number(inode);
  } catch {
    return undefined;
  }
}

/** The network namespace of a process, to be compared only. */
export function networkNamespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return undefined;
  }
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ESRCH'].includes(errorCode(error));
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
