import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptResults } from './kept-results';

/** vm2's rewriting of a script for its sandbox; a pure function of its arguments. */
export type Transformer = (
  args: readonly string[] | null,
  body: string,
  isAsync: boolean,
  isGenerator: boolean,
  filename: string,
) => { readonly code: string; readonly hasAsync: boolean };

/** Shorter scripts stand in one file together. */
const LONG = 200_000;
/** dataform has its core rewritten twice, in two forms. */
const KEPT = 4;

/** What is kept of the transformer's answers. */
export type Transformed = ReturnType<Transformer>;

/**
 * A transformer that keeps what it made of long scripts in `folder` (of others in `short`), under a
 * hash of everything that it was made from: `version` (of the transformer and its parser) and all
 * arguments. A folder that cannot be written or an entry that cannot be read only costs the time it
 * would have saved.
 */
export function cachedTransformer(
  transform: Transformer,
  folder: string,
  version: string,
  short: KeptResults<Transformed>,
): Transformer {
  return (args, body, isAsync, isGenerator, filename) => {
    const make = (): Transformed => {
      const { code, hasAsync } = transform(args, body, isAsync, isGenerator, filename);
      return { code, hasAsync };
    };
    if (typeof body !== 'string') return make();
    const inputs = [version, args, body, isAsync, isGenerator, filename];
    if (body.length < LONG) return short.get(inputs, make);
    const hash = createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
    const file = join(folder, `${hash}.json`);
    const known = read(file);
    if (known) return known;
    const made = make();
    write(folder, file, made);
    return made;
  };
}

export function isTransformed(value: unknown): value is Transformed {
  const { code, hasAsync } = (value ?? {}) as Partial<Transformed>;
  return typeof code === 'string' && typeof hasAsync === 'boolean';
}

function read(file: string): Transformed | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isTransformed(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Written beside and renamed, so that a reader never sees half of it. */
function write(folder: string, file: string, made: object): void {
  try {
    mkdirSync(folder, { recursive: true });
    const others = readdirSync(folder);
    if (others.length >= KEPT) for (const other of others) rmSync(join(folder, other));
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(made));
    renameSync(draft, file);
  } catch {
    // The next run rewrites the script again.
  }
}
