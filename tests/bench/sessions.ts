/**
 * `npm run bench:sessions`: the demo shop with 1, 5 and 20 million events, from staging to the
 * costs of sessions by `dataform run`, then one day more; and sessions by hand as the limit.
 * `-- --events 1,5` takes other sizes (in millions), `--memory 4096` another limit for DuckDB in
 * megabytes, `--keep DIR` keeps the shops there and finds them again.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findProject } from '@tributary/local/cli/project';
import { onLaptop } from '@tributary/local/cli/warehouse';
import { measureLimit } from './sessions/limit';
import { measureRun } from './sessions/measured-run';
import { exceeded, type MeasuredSize, printModels, printSizes } from './sessions/print';
import { serveWarehouse } from './sessions/serve';
import { addLastDay, countEvents, makeShop } from './sessions/shop';

const project = findProject(join(__dirname, '..', '..'));

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1,5,20' },
    memory: { type: 'string', default: '6144' },
    keep: { type: 'string' },
  },
});
const memory = Number(values.memory);

async function main(): Promise<void> {
  const dir = values.keep ?? mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  const sizes: MeasuredSize[] = [];
  try {
    for (const millions of values.events.split(',').map(Number)) {
      const size = await measure(dir, Math.round(millions * 1_000_000));
      sizes.push(size);
      console.log(`\n${printModels(size)}\n`);
    }
  } finally {
    if (values.keep === undefined) rmSync(dir, { recursive: true, force: true });
  }
  console.log(printSizes(sizes));
  const load = loadavg().map((value) => value.toFixed(1));
  console.log(`\nload ${load.join(' ')}; DuckDB could use ${memory} MB before it spills`);
  const problems = exceeded(sizes);
  for (const problem of problems) console.log(`above: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}

/** The shop is made in a folder of its own, so that a second benchmark can begin with it. */
async function measure(dir: string, events: number): Promise<MeasuredSize> {
  const shop = join(dir, `shop-${events}`);
  const warehouse = join(dir, `run-${events}`);
  const start = performance.now();
  if (!existsSync(shop)) {
    const making = join(dir, `making-${events}`);
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making, { recursive: true });
    await served(making, (url) => makeShop(onLaptop(project, making, url).warehouse, events));
    cpSync(making, shop, { recursive: true });
    rmSync(making, { recursive: true });
  }
  console.log(`shop of ${events} events ready in ${seconds(start)} s`);
  rmSync(warehouse, { recursive: true, force: true });
  cpSync(shop, warehouse, { recursive: true });
  try {
    return await measureShop(warehouse);
  } finally {
    rmSync(warehouse, { recursive: true, force: true });
  }
}

async function measureShop(dir: string): Promise<MeasuredSize> {
  const limit = await measureLimit(join(dir, 'warehouse.duckdb'), project.projectId, memory);
  const [before, full] = await served(dir, async (url, server) => {
    const { warehouse } = onLaptop(project, dir, url);
    // A shop that was kept may be older than a table.
    await warehouse.ensureRawTables();
    return [await countEvents(warehouse), await measureRun(project, dir, server)] as const;
  });
  return served(dir, async (url, server) => {
    const { warehouse } = onLaptop(project, dir, url);
    await addLastDay(warehouse);
    const dayEvents = (await countEvents(warehouse)) - before;
    const day = await measureRun(project, dir, server);
    return { events: before, dayEvents, full, day, limit };
  });
}

/** A server of its own for each run: its peak of memory is that of this run alone. */
async function served<T>(
  dir: string,
  work: (url: string, server: Awaited<ReturnType<typeof serveWarehouse>>) => Promise<T>,
): Promise<T> {
  const server = await serveWarehouse(dir, project.projectId, memory);
  try {
    return await work(server.url, server);
  } finally {
    await server.close();
  }
}

const seconds = (start: number): string => ((performance.now() - start) / 1000).toFixed(0);

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
