import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { UserError } from '@tributary/functions/shared/errors';
import { compilableFolder } from '../bigquery/testing/compilable-folder';
import type { Project } from './project';

interface DataformRun {
  readonly project: Project;
  /** The BigQuery REST endpoint; undefined for the real BigQuery. */
  readonly endpoint: string | undefined;
  readonly tags: readonly string[];
  /** Only these, with all that they read; without them every action of the tags. */
  readonly actions?: readonly string[];
  readonly fullRefresh?: boolean;
  /** Ends the child process. */
  readonly signal?: AbortSignal;
  /** Called at each finished action, with how many are done so far. */
  readonly onAction: (action: FinishedAction, done: number) => void;
  /** Called with the BigQuery jobs of a finished action, after onAction. */
  readonly onJobs?: OnJobs | undefined;
}

export type OnJobs = (action: string, jobIds: readonly string[]) => void;

interface FinishedAction {
  readonly kind: 'Table' | 'Assertion' | 'Operation';
  readonly name: string;
}

const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const FINISHED = /^(Table created|Assertion passed|Operation completed successfully):\s+(\S+)/;
/** Below an action's line; a comma follows where the bytes that were billed do. */
const JOBS = /^jobId:\s+(.+?),?$/;

/**
 * Runs `dataform run` of @dataform/cli as a child process. The local BigQuery is named by
 * BIGQUERY_EMULATOR_HOST, with which the CLI asks for no credentials.
 */
export async function runDataform(run: DataformRun): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'tributary-'));
  // In the cloud a project runs with the version that it names, which Dataform installs itself.
  const folder = run.endpoint ? compilableFolder(run.project.dir) : undefined;
  try {
    const credentials = credentialsFile(scratch, run.project);
    const child = start(run, folder?.dir ?? run.project.dir, credentials);
    const failure = await follow(child, run);
    if (failure !== undefined) throw new UserError(failure);
  } finally {
    folder?.remove();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The CLI wants the file even where nothing secret is needed. */
function credentialsFile(dir: string, project: Project): string {
  const file = join(dir, 'credentials.json');
  writeFileSync(file, JSON.stringify({ projectId: project.projectId, location: project.location }));
  return file;
}

function start(run: DataformRun, dir: string, credentials: string): ChildProcess {
  const options = [
    // Compiling takes 3 s; a busy machine may need more than dataform's own limit of a minute.
    '--timeout=10m',
    ...run.tags.map((tag) => `--tags=${tag}`),
    ...(run.actions ?? []).map((action) => `--actions=${action}`),
    ...(run.actions ? ['--include-deps'] : []),
    ...(run.fullRefresh ? ['--full-refresh'] : []),
  ];
  const cli = require.resolve('@dataform/cli/bundle.js');
  const environment = { ...process.env };
  if (run.endpoint) {
    environment.BIGQUERY_EMULATOR_HOST = run.endpoint;
    // Else the authentication library looks for a metadata server of the cloud.
    environment.METADATA_SERVER_DETECTION = 'none';
  }
  return spawn(
    process.execPath,
    [...nodeOptions(), cli, 'run', dir, `--credentials=${credentials}`, ...options],
    {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(run.signal ? { signal: run.signal } : {}),
    },
  );
}

/**
 * Node's own options for dataform; its compile worker inherits them. Compiling makes much
 * garbage, which a larger young generation clears in fewer rounds.
 */
export function nodeOptions(): string[] {
  // Tests run the sources, and find what was built beside them; without it all is only slower.
  const preload = ['.', '../dist/cli']
    .map((dir) => join(__dirname, dir, 'dataform-worker', 'preload.js'))
    .find(existsSync);
  return ['--max-semi-space-size=64', ...(preload ? ['--require', preload] : [])];
}

/** Reads the CLI's lines; answers the sentence of a failure, or undefined. */
async function follow(
  child: ChildProcess,
  { onAction, onJobs }: Pick<DataformRun, 'onAction' | 'onJobs'>,
): Promise<string | undefined> {
  const others: string[] = [];
  let done = 0;
  let last = '';
  const read = (line: string): void => {
    const text = line.replace(ANSI, '').trim();
    const finished = FINISHED.exec(text);
    if (!finished) {
      const jobs = JOBS.exec(text)?.[1];
      if (jobs) onJobs?.(last, jobs.split(/,\s*/));
      if (text) others.push(text);
      return;
    }
    done += 1;
    last = finished[2]?.split('.').at(-1) ?? '';
    const kind = finished[1]?.split(' ')[0] as FinishedAction['kind'];
    onAction({ kind, name: last }, done);
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', read);
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return code === 0 ? undefined : failureSentence(others);
}

/** Statements are echoed behind '>'; jobs, bytes, what is switched off and notes on options say nothing
 * about the failure. */
const NOISE =
  /^(>|Note:|Compiling|Running|Compiled successfully|Skipping|jobId:|Bytes billed:|\(|\w+ created:|\w+ \w+ disabled:)/;

const FAILED = /^(Assertion|Operation)?.*?failed:\s+(\S+)\s+\[/;

/**
 * A sentence for each failed action: which one, and what BigQuery said. Statements that the CLI
 * echoes are left out, and actions that were skipped because of these.
 */
export function failureSentence(lines: readonly string[]): string {
  const sentences: string[] = [];
  for (const line of lines.filter((text) => !NOISE.test(text)).slice(0, 20)) {
    const failed = FAILED.exec(line);
    if (failed) {
      const name = failed[2]?.split('.').at(-1);
      sentences.push(`${failed[1] ?? 'Model'} ${name} failed:`);
      continue;
    }
    const said = line.replace(/^bigquery error: /, '');
    const last = sentences.at(-1);
    if (last === undefined) sentences.push(`dataform run failed: ${said}`);
    else sentences[sentences.length - 1] = `${last} ${said}`;
  }
  return sentences.join('\n') || 'dataform run failed and did not say why; run it by hand to see.';
}
