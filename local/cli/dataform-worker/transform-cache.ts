import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** vm2's rewriting of a script for its sandbox; a pure function of its arguments. */
export type Transformer = (
  args: readonly string[] | null,
  body: string,
  isAsync: boolean,
  isGenerator: boolean,
  filename: string,
) => { readonly code: string; readonly hasAsync: boolean };

/** Shorter scripts are rewritten in milliseconds. */
const WORTH_KEEPING = 200_000;
/** dataform has its core rewritten twice, in two forms. */
const KEPT = 4;

/**
 * A transformer that keeps what it made of long scripts in `folder`, under a hash of everything
 * that it was made from: `version` (of the transformer and its parser) and all arguments. A folder
 * that cannot be written or an entry that cannot be read only costs the time it would have saved.
 */
export function cachedTransformer(
  transform: Transformer,
  folder: string,
  version: string,
): Transformer {
  return (args, body, isAsync, isGenerator, filename) => {
    const make = () => transform(args, body, isAsync, isGenerator, filename);
    if (typeof body !== 'string' || body.length < WORTH_KEEPING) return make();
    const inputs = JSON.stringify([version, args, body, isAsync, isGenerator, filename]);
    const file = join(folder, `${createHash('sha256').update(inputs).digest('hex')}.json`);
    const known = read(file);
    if (known) return known;
    const made = make();
    write(folder, file, { code: made.code, hasAsync: made.hasAsync });
    return made;
  };
}

function read(file: string): ReturnType<Transformer> | undefined {
  try {
    const { code, hasAsync } = JSON.parse(readFileSync(file, 'utf8'));
    return typeof code === 'string' ? { code, hasAsync: hasAsync === true } : undefined;
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
