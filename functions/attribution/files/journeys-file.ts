import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDb } from '../../shared/duckdb';
import { UserError } from '../../shared/errors';
import type { JourneyColumns } from '../ihc/journeys';
import { selectJourneys } from './journeys-selection';
import { openSource, type RowSource, withReadErrors } from './journeys-source';
import { RowReader } from './row-reader';

export interface JourneyFileOptions {
  /** What to do with a session without time or channel: refuse the file, or keep it for cleaning. */
  readonly missing: 'refuse' | 'keep';
  /** Names of columns of shares, 0 to 1, that are read besides, each required. */
  readonly numbers?: readonly string[];
  /** Numbers instead of session ids, where only duplicates matter: 'text' unless told. */
  readonly sessionIds?: 'text' | 'hash';
  /** A file without rows is refused unless so. */
  readonly allowEmpty?: boolean;
}

/** A file of journeys; journeys are told apart by (request, conversion_id). */
export interface JourneyFile {
  readonly columns: JourneyColumns;
  /** By journey code. */
  readonly conversionIds: readonly string[];
  /** By journey code; absent where the file has no `request` column. */
  readonly requests?: readonly string[];
  readonly numbers: ReadonlyMap<string, Float64Array>;
}

/**
 * Reads journeys from a CSV, NDJSON or Parquet file (by its ending), in chunks of columns.
 * Columns: conversion_id, session_id, timestamp (or started_at, occurred_at), channel_label (or
 * channel), holder_engagement, closer_engagement (0 or 1); optional: request, conversion (0 or 1).
 *
 * @throws UserError with file, line or row, and column of the first thing that is wrong
 */
export async function readJourneyFile(
  file: string,
  options: JourneyFileOptions,
): Promise<JourneyFile> {
  const instance = await openDuckDb();
  try {
    const connection = await instance.connect();
    try {
      const source = await openSource(connection, file);
      return await readJourneys(connection, source, options);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** @throws UserError as `readJourneyFile` */
export async function readJourneys(
  connection: DuckDBConnection,
  source: RowSource,
  options: JourneyFileOptions,
): Promise<JourneyFile> {
  const reader = await withReadErrors(source.file, async () => {
    const { numbers = [], sessionIds = 'text' } = options;
    const selection = await selectJourneys(connection, source, { numbers, sessionIds });
    const rows = new RowReader(source, selection, options);
    const result = await connection.stream(selection.sql);
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; ) {
      rows.read(chunk);
      chunk = await result.fetchChunk();
    }
    return rows;
  });
  if (reader.rowCount === 0 && !options.allowEmpty) {
    throw new UserError(`${source.file} has no rows; give a file with at least one journey.`);
  }
  return reader.finish();
}
