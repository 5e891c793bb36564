import type { EventEmitter } from 'node:events';
import fs from 'node:fs';
import type { AnswerCache } from './answer-cache';
import { type CompileInputs, compileInputs } from './compile-inputs';
import { watchReads } from './watch-reads';

/** The worker's end of its line to dataform: `process`, where it was forked. */
export interface Line extends EventEmitter {
  send?: ((message: unknown) => boolean) | undefined;
}

interface CompileCache {
  readonly answers: AnswerCache;
  /** Folders whose files belong to whoever compiles: their versions are in `versions`. */
  readonly ownFolders: readonly string[];
  readonly versions: string;
  /** Called when a project was compiled, before the answer: who has that ends the worker. */
  readonly keep: () => void;
}

interface CompileRequest {
  readonly projectDir: string;
  /** What dataform's own end of the line goes by; the answer is the same. */
  readonly timeoutMillis?: number;
  readonly verbose?: boolean;
}

/**
 * Takes the worker's first request. Where the same project was compiled before, with nothing
 * changed that it is made of, it gets the same answer; else `work` begins, and its answer is kept
 * if all that it read was among the inputs that are looked at.
 */
export function answerFirst(line: Line, cache: CompileCache, work: () => void): void {
  line.once('message', (message: unknown) => {
    const inputs = inputsOf(message, cache);
    const known = inputs && cache.answers.get(inputs.key);
    if (known !== undefined) {
      line.send?.(known);
      return;
    }
    work();
    const { said, read } = hearing(line, () => line.emit('message', message));
    cache.keep();
    if (inputs) keepAnswer(said, read, inputs, message, cache);
    for (const message of said) line.send?.(message);
  });
  line.send?.({ type: 'worker_booted' });
}

function keepAnswer(
  said: readonly unknown[],
  read: ReadonlySet<string>,
  inputs: CompileInputs,
  message: unknown,
  cache: CompileCache,
): void {
  const answer = said.find((one): one is string => typeof one === 'string');
  const isOurs = (file: string) =>
    inputs.files.has(file) || cache.ownFolders.some((folder) => file.startsWith(folder));
  // A file that changed meanwhile was read before or after; nobody knows.
  const isSame = inputsOf(message, cache)?.key === inputs.key;
  if (answer !== undefined && isSame && [...read].every(isOurs)) {
    cache.answers.set(inputs.key, answer);
  }
}

/** What the worker sends while `run` runs, which is kept back, and the files that it reads. */
function hearing(line: Line, run: () => void) {
  const said: unknown[] = [];
  const send = line.send;
  line.send = (message) => {
    said.push(message);
    return true;
  };
  try {
    return { said, read: watchReads(fs, run) };
  } finally {
    line.send = send;
  }
}

function isCompileRequest(message: unknown): message is CompileRequest {
  const fields = (message ?? {}) as { type?: unknown; projectDir?: unknown };
  return fields.type === undefined && typeof fields.projectDir === 'string';
}

function inputsOf(request: unknown, { versions }: CompileCache): CompileInputs | undefined {
  if (!isCompileRequest(request)) return undefined;
  try {
    // The worker writes the real path into the request before it compiles.
    const projectDir = fs.realpathSync(request.projectDir);
    const { timeoutMillis: _, verbose: __, ...asked } = request;
    return compileInputs(projectDir, [{ ...asked, projectDir }, versions]);
  } catch {
    return undefined;
  }
}
