import { BigQueryError, UnsupportedError } from '../../errors';
import type { PreparedExportData } from '../../prepared';
import type { ExportDataStatement } from '../../resolved-ast/statements';
import { readOptions } from '../options';

const FORMATS = ['CSV', 'JSON', 'PARQUET', 'AVRO'] as const;

/** OPTIONS(uri, format, overwrite...) of EXPORT DATA. */
export function exportOptions(
  node: ExportDataStatement,
): Pick<PreparedExportData, 'uri' | 'format' | 'overwrite' | 'options'> {
  if (node.connection) throw new UnsupportedError('EXPORT DATA WITH CONNECTION', node.location);
  const options = readOptions(node.optionList);
  const { uri, format, overwrite } = options.all;
  const known = FORMATS.find((name) => name === String(format).toUpperCase());
  if (typeof uri !== 'string')
    throw new BigQueryError('invalidQuery', 'EXPORT DATA needs the option uri');
  if (!known)
    throw new BigQueryError(
      'invalidQuery',
      'EXPORT DATA needs the option format: CSV, JSON, PARQUET or AVRO',
    );
  return { uri, format: known, overwrite: overwrite === true, options };
}
