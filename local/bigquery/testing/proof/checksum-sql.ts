import type { Column, TablePath } from '../../sql/catalog';
import { printPath } from '../../sql/names';
import type { GoogleSqlType } from '../../sql/types';
import { hasFloat } from './value-text';

/** Below this a FLOAT64 counts as 0: what sums leave that should cancel out. */
const NOISE = '1e-9';

/**
 * The query of a table's row count and checksum, the same number on every BigQuery: rows in any
 * order, columns in the order given. FLOAT64 goes in with nine significant digits, because its
 * last bits depend on the order in which a machine adds.
 */
export function checksumSql(path: TablePath, columns: readonly Column[]): string {
  const fields = columns.map(
    ({ name, type }) => `${hashable(`source.\`${name}\``, type, 0)} AS \`${name}\``,
  );
  // As text: INT64 does not fit into JavaScript's numbers.
  return `SELECT
  COUNT(*) AS row_count,
  CAST(BIT_XOR(FARM_FINGERPRINT(TO_JSON_STRING(STRUCT(
    ${fields.join(',\n    ')}
  )))) AS STRING) AS checksum
FROM \`${printPath(path)}\` AS source`;
}

/** The expression itself, or the same value with every FLOAT64 in it as rounded text. */
function hashable(sql: string, type: GoogleSqlType, depth: number): string {
  if (!hasFloat(type)) return sql;
  if (type.kind === 'ARRAY') {
    const item = `item_${depth}`;
    return `ARRAY(SELECT ${hashable(item, type.element, depth + 1)} FROM UNNEST(${sql}) AS ${item} WITH OFFSET AS offset_${depth} ORDER BY offset_${depth})`;
  }
  if (type.kind === 'STRUCT') {
    const fields = type.fields.map(
      ({ name, type: field }) => `${hashable(`${sql}.\`${name}\``, field, depth)} AS \`${name}\``,
    );
    return `IF(${sql} IS NULL, NULL, STRUCT(${fields.join(', ')}))`;
  }
  return `FORMAT('%.9g', IF(ABS(${sql}) < ${NOISE}, 0.0, ${sql}))`;
}
