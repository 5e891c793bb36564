/**
 * `npm run bench:sql`: five queries of a pipeline on 5 million events, our compiled GoogleSQL
 * against DuckDB SQL written by hand. Both read the same tables under the same settings, in turn.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { installRuntime } from '@tributary/local/bigquery/functions/index';
import { startAnalyzer } from '@tributary/local/bigquery/sql/analyzer/index';
import { Storage } from '@tributary/local/bigquery/storage/storage';
import { compare, type Measured, readPair } from './compare';
import { makeConversions, makeEvents, makeTable } from './tables';

const EVENTS = Number(process.argv[2] ?? 5_000_000);
const RUNS = Number(process.argv[3] ?? 3);
const ALLOWED = 1.3;

async function main(): Promise<void> {
  const warehouseDir = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  const analyzer = await startAnalyzer();
  const storage = await Storage.open({ warehouseDir, prepare: (c) => installRuntime(c) });
  try {
    const started = performance.now();
    await makeEvents(storage, EVENTS);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${EVENTS.toLocaleString('en')} events made in ${seconds} s`);
    const measured: Measured[] = [];
    const run = async (name: string, keepAs?: string) => {
      const pair = await readPair(name, analyzer, storage.catalog);
      const result = await storage.read(({ connection }) => compare(connection, pair, RUNS));
      measured.push(result);
      print(result);
      if (keepAs) await makeTable(storage, keepAs, pair.columns, pair.ours);
    };
    print();
    await run('1-parameters');
    await run('2-sessionization', 'session_events');
    await run('3-session-aggregation', 'sessions');
    await run('4-last-non-direct');
    await makeConversions(storage);
    await run('5-touchpoints');
    console.log(
      `load ${loadavg()
        .map((load) => load.toFixed(1))
        .join(' ')}, medians of ${RUNS} runs`,
    );
    if (measured.some(({ ratio }) => ratio > ALLOWED)) process.exitCode = 1;
  } finally {
    await storage.close();
    await analyzer.close();
    rmSync(warehouseDir, { recursive: true, force: true });
  }
}

function print(result?: Measured): void {
  const cells = result
    ? [result.ours.toFixed(2), result.byHand.toFixed(2), result.ratio.toFixed(2)]
    : ['ours s', 'by hand s', 'ratio'];
  const verdict = result ? (result.ratio <= ALLOWED ? 'OK' : `above ${ALLOWED}`) : '';
  console.log(
    (result?.name ?? 'query').padEnd(24),
    ...cells.map((cell) => cell.padStart(10)),
    verdict,
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
