import type { DuckDBConnection } from '@duckdb/node-api';
import type { TypedJourneys } from './typed-journeys';

/** A column of a result as typed array; booleans as 0 and 1. */
type Columns = readonly (readonly unknown[])[];

/** Reads the journeys of a conversion type in columns, in the order of their ids. */
export async function readJourneys(
  connection: DuckDBConnection,
  conversionType: string,
): Promise<Omit<TypedJourneys, 'watchedUntil'>> {
  const only = { type: conversionType };
  const counts = await connection.runAndReadAll(
    `SELECT count(*)::DOUBLE, coalesce(sum(touch_count), 0)::DOUBLE
    FROM journeys WHERE conversion_type = $type`,
    only,
  );
  const [journeyCount, touchCount] = counts.getRows()[0] as [number, number];
  const channels = await channelsOf(connection, conversionType);
  const columns = {
    offsets: new Uint32Array(journeyCount + 1),
    conversions: new Float64Array(journeyCount),
    hoursObserved: new Float64Array(journeyCount),
    endDay: new Int32Array(journeyCount),
    customer: new Uint32Array(journeyCount),
    touchRow: new Uint32Array(touchCount),
    channel: new Uint16Array(touchCount),
    hoursToEnd: new Float64Array(touchCount),
    holder: new Uint8Array(touchCount),
    closer: new Uint8Array(touchCount),
  };
  await eachChunk(
    connection,
    `SELECT touch_count::DOUBLE, is_converted::DOUBLE, hours_observed,
      floor(epoch(journey_ended_at) / 86400)::DOUBLE, dense_rank() OVER (ORDER BY customer_id)::DOUBLE - 1
    FROM journeys WHERE conversion_type = $type ORDER BY rowid`,
    only,
    ([touches, converted, observed, day, customer], from, size) => {
      for (let row = 0, at = from; row < size; row += 1, at += 1) {
        columns.offsets[at + 1] = (columns.offsets[at] as number) + (touches?.[row] as number);
        columns.conversions[at] = converted?.[row] as number;
        columns.hoursObserved[at] = observed?.[row] as number;
        columns.endDay[at] = day?.[row] as number;
        columns.customer[at] = customer?.[row] as number;
      }
    },
  );
  // Sorted into a table first: a result that is streamed is sorted on one core.
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE sorted_touches AS
    SELECT (list_position($channels::VARCHAR[], channel) - 1)::USMALLINT AS channel, hours_to_end,
      coalesce(is_holder, FALSE) AS is_holder, coalesce(is_closer, FALSE) AS is_closer,
      exposures.rowid AS touch_row
    FROM exposures JOIN journeys USING (journey_id)
    WHERE exposures.conversion_type = $type AND journeys.conversion_type = $type
      AND position IS NOT NULL
    ORDER BY journeys.rowid, position`,
    { ...only, channels: JSON.stringify(channels) },
  );
  await eachChunk(
    connection,
    `SELECT channel::DOUBLE, hours_to_end, is_holder::DOUBLE, is_closer::DOUBLE, touch_row::DOUBLE
    FROM sorted_touches ORDER BY rowid`,
    {},
    ([channel, hours, holder, closer, touchRow], from, size) => {
      for (let row = 0, at = from; row < size; row += 1, at += 1) {
        columns.channel[at] = channel?.[row] as number;
        columns.hoursToEnd[at] = hours?.[row] as number;
        columns.holder[at] = holder?.[row] as number;
        columns.closer[at] = closer?.[row] as number;
        columns.touchRow[at] = touchRow?.[row] as number;
      }
    },
  );
  await connection.run('DROP TABLE sorted_touches');
  const { customer, touchRow, ...rest } = columns;
  return {
    conversionType,
    journeys: {
      journeyCount,
      touchCount,
      channels,
      nulls: rest.conversions.map((converted) => 1 - converted),
      ...rest,
    },
    customer,
    touchRow,
  };
}

async function channelsOf(connection: DuckDBConnection, conversionType: string): Promise<string[]> {
  const reader = await connection.runAndReadAll(
    `SELECT DISTINCT channel FROM exposures
    WHERE conversion_type = $type AND position IS NOT NULL ORDER BY channel`,
    { type: conversionType },
  );
  return reader.getRows().map(([channel]) => String(channel));
}

async function eachChunk(
  connection: DuckDBConnection,
  sql: string,
  params: Record<string, string>,
  read: (columns: Columns, from: number, size: number) => void,
): Promise<void> {
  const result = await connection.stream(sql, params);
  let from = 0;
  for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
    read(chunk.getColumns(), from, chunk.rowCount);
    from += chunk.rowCount;
  }
}
