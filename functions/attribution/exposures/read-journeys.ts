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
  const count = async (table: string) => {
    const reader = await connection.runAndReadAll(
      `SELECT count(*)::DOUBLE, coalesce(min(rowid), 0)::DOUBLE FROM ${table} WHERE conversion_type = $type`,
      only,
    );
    return reader.getRows()[0] as [number, number];
  };
  const [journeyCount] = await count('journeys');
  const [touchCount, firstRow] = await count('touches');
  const channels = await channelsOf(connection, conversionType);
  const columns = {
    offsets: new Uint32Array(journeyCount + 1),
    conversions: new Float64Array(journeyCount),
    hoursObserved: new Float64Array(journeyCount),
    endDay: new Int32Array(journeyCount),
    customer: new Uint32Array(journeyCount),
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
  await eachChunk(
    connection,
    `SELECT (list_position($channels::VARCHAR[], channel) - 1)::DOUBLE, hours_to_end,
      coalesce(is_holder, FALSE)::DOUBLE, coalesce(is_closer, FALSE)::DOUBLE
    FROM touches WHERE conversion_type = $type ORDER BY rowid`,
    { ...only, channels: JSON.stringify(channels) },
    ([channel, hours, holder, closer], from, size) => {
      for (let row = 0, at = from; row < size; row += 1, at += 1) {
        columns.channel[at] = channel?.[row] as number;
        columns.hoursToEnd[at] = hours?.[row] as number;
        columns.holder[at] = holder?.[row] as number;
        columns.closer[at] = closer?.[row] as number;
      }
    },
  );
  const { customer, ...rest } = columns;
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
    firstRow,
  };
}

async function channelsOf(connection: DuckDBConnection, conversionType: string): Promise<string[]> {
  const reader = await connection.runAndReadAll(
    'SELECT DISTINCT channel FROM touches WHERE conversion_type = $type ORDER BY channel',
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
