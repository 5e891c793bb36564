import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for each test of a file; call it once, outside of the tests. */
export function temporaryFolder(): {
  /** A path in it. */
  path(name: string): string;
  /** Writes a file there, and gives its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
} {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tributary-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const path = (name: string) => join(folder, name);
  return {
    path,
    async write(name, content) {
      await writeFile(path(name), content);
      return path(name);
    },
  };
}
