import { sha256 } from '../shared/hash';
import type { Log } from '../shared/log';
import type { RawTableName } from '../shared/raw-tables';
import type { Row, Warehouse } from '../warehouse/warehouse';

/** The rows of one request, by table. */
export interface SinkRows {
  readonly events: readonly Row[];
  readonly badEvents: readonly Row[];
}

export interface EventSink {
  /** Settles when the rows are in the warehouse; rejects when they are not. */
  write(rows: SinkRows): Promise<void>;
}

interface Waiting {
  readonly rows: SinkRows;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Group commit: while one load runs, the requests that arrive wait and share the next one, so
 * that load jobs grow with traffic instead of multiplying. Nothing is acknowledged before its
 * load has succeeded.
 */
export function createEventSink(warehouse: Warehouse, log: Log): EventSink {
  let waiting: Waiting[] = [];
  let isRunning = false;
  let tablesExist = false;

  async function drain(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await commit(group);
    }
    isRunning = false;
  }

  async function commit(group: readonly Waiting[]): Promise<void> {
    try {
      if (!tablesExist) await warehouse.ensureRawTables();
      tablesExist = true;
      await loadGroup(warehouse, group);
      for (const request of group) request.resolve();
    } catch (error) {
      const [first] = group;
      if (group.length === 1 && first !== undefined) return first.reject(error);
      // One request whose rows the warehouse refuses must not fail its neighbours.
      log.warn({ err: error, requests: group.length }, 'A shared load failed; each goes alone.');
      for (const request of group) await commit([request]);
    }
  }

  return {
    write: (rows) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ rows, resolve, reject });
        if (!isRunning) void drain();
      }),
  };
}

async function loadGroup(warehouse: Warehouse, group: readonly Waiting[]): Promise<void> {
  await loadRows(
    warehouse,
    'events',
    group.flatMap(({ rows }) => rows.events),
  );
  await loadRows(
    warehouse,
    'bad_events',
    group.flatMap(({ rows }) => rows.badEvents),
  );
}

async function loadRows(
  warehouse: Warehouse,
  table: RawTableName,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  // A load whose answer was lost is asked for again under the same id, and loads once.
  const jobId = `collect_${table}_${sha256(JSON.stringify(rows)).slice(0, 32)}`;
  await warehouse.load(table, rows, { jobId });
}
