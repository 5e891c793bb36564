import { systemClock } from '@tributary/functions/shared/clock';
import type { Warehouse } from '@tributary/functions/warehouse/warehouse';
import { loadDemo } from '@tributary/local/demo/load-demo';

/** Of the demo shop: 25,000 persons make 848,000 events in 90 days. */
const EVENTS_PER_PERSON = 33.9;

/** The warehouse grows from 90 days by one more. */
const DAYS = 91;
const END = '2026-10-31';

/** Everything received on the last day waits here. */
const ASIDE = 'bench.last_day';

/** Fills raw tables with so many events, and puts the last day aside. */
export async function makeShop(warehouse: Warehouse, events: number): Promise<void> {
  await loadDemo({
    warehouse,
    clock: systemClock,
    input: { persons: Math.ceil(events / EVENTS_PER_PERSON), days: DAYS, end: END },
  });
  await warehouse.query(`
    CREATE SCHEMA IF NOT EXISTS bench;
    CREATE TABLE ${ASIDE} AS
      SELECT * FROM raw.events WHERE received_at >= TIMESTAMP '${END} 00:00:00+00';
    DELETE FROM raw.events WHERE received_at >= TIMESTAMP '${END} 00:00:00+00'`);
}

/** One more day arrives. */
export async function addLastDay(warehouse: Warehouse): Promise<void> {
  await warehouse.query(`INSERT INTO raw.events SELECT * FROM ${ASIDE}`);
}

export async function countEvents(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query<{ n: number }>('SELECT COUNT(*) AS n FROM raw.events');
  return row?.n ?? 0;
}
