/**
 * `npm run bench:run`: one `dataform run` of the whole project on an empty warehouse, where its
 * seconds go, and then what it costs to analyze and compile each statement for the first time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalBigQuery } from '@tributary/local/bigquery/server';
import { runDataform } from '@tributary/local/cli/dataform';
import { findProject } from '@tributary/local/cli/project';
import { onLaptop } from '@tributary/local/cli/warehouse';
import { median } from './compare';
import { type JobTimes, measureCompiling } from './compiling';

const ALLOWED_RUN_SECONDS = 15;
const ALLOWED_MODEL_MS = 10;

interface JobResource {
  readonly statistics: Readonly<Record<'creationTime' | 'startTime' | 'endTime', string>>;
  readonly configuration: { readonly query: { readonly query: string } };
}

async function main(): Promise<void> {
  const warehouseDir = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  try {
    const seconds = await benchRun(warehouseDir);
    const models = await benchCompiling(warehouseDir, seconds.queries);
    console.log(
      `load ${loadavg()
        .map((load) => load.toFixed(1))
        .join(' ')}`,
    );
    if (seconds.run > ALLOWED_RUN_SECONDS || models > ALLOWED_MODEL_MS) process.exitCode = 1;
  } finally {
    rmSync(warehouseDir, { recursive: true, force: true });
  }
}

async function benchRun(warehouseDir: string) {
  const project = findProject(join(__dirname, '..', '..'));
  const server = await startLocalBigQuery({ warehouseDir, defaultProject: project.projectId });
  try {
    await onLaptop(project, warehouseDir, server.url).warehouse.ensureRawTables();
    const before = (await jobsOf(server.url, project.projectId)).length;
    const started = Date.now();
    await runDataform({ project, endpoint: server.url, tags: [], onAction: () => {} });
    const ended = Date.now();
    const all = await jobsOf(server.url, project.projectId);
    const jobs = all.slice(before);
    const at = (pick: (job: JobResource) => string) => jobs.map((job) => Number(pick(job)));
    const first = Math.min(...at(({ statistics }) => statistics.creationTime));
    const running = busy(jobs);
    const show = (label: string, ms: number) =>
      console.log(`${label.padEnd(44)}${(ms / 1000).toFixed(1).padStart(6)} s`);
    show(`dataform run, empty warehouse, ${jobs.length} jobs`, ended - started);
    show('  until the first job: dataform compiles', first - started);
    show('  at least one job running', running);
    show('  no job running: dataform between jobs', ended - first - running);
    verdict((ended - started) / 1000, ALLOWED_RUN_SECONDS, 's');
    const queries = jobs.map(({ configuration }) => configuration.query.query);
    return { run: (ended - started) / 1000, queries };
  } finally {
    await server.close();
  }
}

async function jobsOf(url: string, projectId: string): Promise<JobResource[]> {
  const answer = await fetch(
    `${url}/bigquery/v2/projects/${projectId}/jobs?maxResults=1000&projection=full`,
  );
  const { jobs = [] } = (await answer.json()) as { jobs?: JobResource[] };
  return jobs.filter(({ configuration }) => configuration.query).reverse();
}

/** Milliseconds in which at least one job was between its start and its end. */
function busy(jobs: readonly JobResource[]): number {
  const spans = jobs
    .map(({ statistics }) => [Number(statistics.startTime), Number(statistics.endTime)] as const)
    .sort(([a], [b]) => a - b);
  let sum = 0;
  let until = 0;
  for (const [start, end] of spans) {
    sum += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return sum;
}

/** The run has ended and its server is closed: nothing of ours runs beside what is measured. */
async function benchCompiling(warehouseDir: string, queries: readonly string[]): Promise<number> {
  const show = (label: string, times: readonly JobTimes[]) => {
    const sorted = times.map((job) => job.median).sort((a, b) => a - b);
    const p90 = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
    const best = median(times.map((job) => job.best));
    const numbers = [median(sorted), p90, sorted.at(-1) ?? 0, best];
    const columns = numbers.map((ms) => ms.toFixed(1).padStart(6));
    console.log(`${`${label}, ${times.length}`.padEnd(42)}`, ...columns, 'ms');
  };
  console.log('analysis and compilation, first time            median    p90    max   best');
  const filled = await measureCompiling(warehouseDir, queries, 'filled');
  show('  models', filled.models);
  show('  assertions and their counts', filled.others);
  const growing = await measureCompiling(warehouseDir, queries, 'growing');
  show('  models, their tables being new', growing.models);
  show('  assertions and counts, likewise', growing.others);
  const models = median(filled.models.map((job) => job.median));
  verdict(models, ALLOWED_MODEL_MS, 'ms');
  return models;
}

function verdict(value: number, allowed: number, unit: string): void {
  console.log(`  ${value <= allowed ? 'OK' : 'above'}: at most ${allowed} ${unit}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
