import type { PathOrFileDescriptor, readFileSync } from 'node:fs';

interface FileSystem {
  readFileSync: typeof readFileSync;
}

/** Notes the files that are read while `run` runs: vm2 reads all of a project's in this way. */
export function watchReads(fs: FileSystem, run: () => void): ReadonlySet<string> {
  const read = new Set<string>();
  const original = fs.readFileSync;
  const watched = (path: PathOrFileDescriptor, options?: BufferEncoding) => {
    read.add(String(path));
    return original(path, options);
  };
  fs.readFileSync = watched as typeof readFileSync;
  try {
    run();
    return read;
  } finally {
    fs.readFileSync = original;
  }
}
