import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDb } from '../../shared/duckdb';
import { sqlString } from '../files/journeys-source';
import { readJourneys } from './read-journeys';
import type { TypedJourneys } from './typed-journeys';

/**
 * The exported rows of int_journeys__exposures, in DuckDB: numbers leave it in columns, and the
 * ids of conversions and sessions never do.
 */
export interface Exposures {
  /** In alphabetic order. */
  readonly conversionTypes: readonly string[];
  /** Persons with journeys of any type. */
  readonly personCount: number;
  read(conversionType: string): Promise<TypedJourneys>;
  readonly connection: DuckDBConnection;
  close(): void;
}

/** @param files Parquet, as EXPORT DATA wrote them, in any order */
export async function openExposures(files: readonly string[]): Promise<Exposures> {
  const instance = await openDuckDb();
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    const source = `read_parquet([${files.map(sqlString).join(', ')}])`;
    for (const statement of tables(source)) await connection.run(statement);
    const types = await connection.runAndReadAll(
      'SELECT DISTINCT conversion_type FROM journeys ORDER BY conversion_type',
    );
    const all = await connection.runAndReadAll(
      `SELECT count(DISTINCT customer_id)::INTEGER, strftime(max(journey_ended_at) AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ')
      FROM journeys`,
    );
    const [personCount, watchedUntil] = all.getRows()[0] as [number, string];
    return {
      personCount,
      conversionTypes: types.getRows().map(([type]) => String(type)),
      read: async (conversionType) => ({
        ...(await readJourneys(connection, conversionType)),
        watchedUntil,
      }),
      connection,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * The rows as they come, and their journeys in one order. Touches are put into it when they are read, as
 * numbers: with their ids they were sorted on one core, in five times the time.
 */
const tables = (source: string): string[] => [
  `CREATE TABLE exposures AS
    SELECT conversion_type, journey_id, customer_id, session_id, journey_ended_at, is_converted,
      position, channel, hours_to_end, holder_engagement = 1 AS is_holder,
      closer_engagement = 1 AS is_closer
    FROM ${source}`,
  `CREATE TABLE journeys AS
    SELECT conversion_type, journey_id, any_value(customer_id) AS customer_id,
      any_value(is_converted) AS is_converted, any_value(journey_ended_at) AS journey_ended_at,
      count(position) AS touch_count, coalesce(max(hours_to_end), 0) AS hours_observed
    FROM exposures
    GROUP BY conversion_type, journey_id
    ORDER BY conversion_type, journey_id`,
];
