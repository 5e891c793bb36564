import * as accessors from '@duckdb/node-api/lib/vectors/dataAccessors';

/**
 * DuckDB's client for Node takes U+FEFF at the beginning of a text for the mark of a file and drops
 * it, from results and from what JavaScript functions are given. In BigQuery it is a letter.
 */
export function keepByteOrderMarks(): void {
  const keeping = new TextDecoder('utf-8', { ignoreBOM: true });
  accessors.textDecoder.decode = keeping.decode.bind(keeping);
}
