import { BigQueryError, UnsupportedError } from '../../errors';
import type { OptionValue, PreparedExportData } from '../../prepared';
import type { ExportDataStatement, Option } from '../../resolved-ast/statements';
import { readOptions } from '../options';

/** Formats and how their files may be compressed: BigQuery's name, and DuckDB's. */
export const COMPRESSIONS: Readonly<
  Record<PreparedExportData['format'], Readonly<Record<string, string>>>
> = {
  CSV: { NONE: 'uncompressed', GZIP: 'gzip' },
  JSON: { NONE: 'uncompressed', GZIP: 'gzip' },
  PARQUET: { NONE: 'uncompressed', GZIP: 'gzip', SNAPPY: 'snappy', ZSTD: 'zstd' },
};

const FORMATS = ['CSV', 'JSON', 'PARQUET'] as const;

const TYPES: Readonly<Record<string, 'STRING' | 'BOOL'>> = {
  uri: 'STRING',
  format: 'STRING',
  overwrite: 'BOOL',
  header: 'BOOL',
  field_delimiter: 'STRING',
  compression: 'STRING',
};

/** OPTIONS(uri, format, overwrite...) of EXPORT DATA; what is wrong is refused in its place. */
export function exportOptions(
  node: ExportDataStatement,
): Pick<PreparedExportData, 'uri' | 'format' | 'overwrite' | 'options'> {
  if (node.connection) throw new UnsupportedError('EXPORT DATA WITH CONNECTION', node.location);
  const options = readOptions(node.optionList);
  for (const option of node.optionList) checkOption(option, options.all[option.name.toLowerCase()]);
  const { uri, format, overwrite, compression = 'NONE' } = options.all;
  if (typeof uri !== 'string') throw refusal(node, 'EXPORT DATA needs the option uri');
  const placeOf = (option: string) =>
    node.optionList.find(({ name }) => name.toLowerCase() === option)?.value ?? node;
  const known = FORMATS.find((name) => name === String(format).toUpperCase());
  if (!known) {
    const sentence = /^avro$/i.test(String(format))
      ? 'EXPORT DATA cannot write AVRO: use PARQUET, CSV or JSON'
      : 'EXPORT DATA needs the option format: CSV, JSON or PARQUET';
    throw refusal(placeOf('format'), sentence);
  }
  if (!COMPRESSIONS[known][String(compression).toUpperCase()]) {
    const sentence = `${known} files cannot be compressed by ${compression}`;
    throw refusal(placeOf('compression'), sentence);
  }
  return { uri, format: known, overwrite: overwrite === true, options };
}

function checkOption({ name, value }: Option, given: OptionValue | undefined): void {
  const wanted = TYPES[name.toLowerCase()];
  if (!wanted) throw new UnsupportedError(`the option ${name} of EXPORT DATA`, value.location);
  if (typeof given === (wanted === 'BOOL' ? 'boolean' : 'string')) return;
  throw refusal(value, `Option ${name} of EXPORT DATA must be a ${wanted}`);
}

const refusal = ({ location }: Pick<Option['value'], 'location'>, sentence: string) =>
  new BigQueryError('invalidQuery', sentence, location ?? { line: 1, column: 1 });
