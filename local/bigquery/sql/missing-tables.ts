import { BigQueryError } from './errors';
import { type NameDefaults, resolvePath } from './names';
import { partsOf } from './written-names';

/** The name that stands where the analyzer found no table. */
export function nameAt(error: unknown, sql: string): string[][] {
  if (!(error instanceof BigQueryError) || error.reason !== 'notFound' || !error.location)
    return [];
  const { line, column } = error.location;
  const rest = sql.split('\n')[line - 1]?.slice(column - 1) ?? '';
  return namePath(/^(?:`[^`]*`|[\w-])+(?:\.(?:`[^`]*`|[\w-]+))*/.exec(rest)?.[0]);
}

/** The analyzer looks up the table of ALTER TABLE, but does not name it beforehand. */
export function alteredTable(sql: string): string[][] {
  const name = /^\s*ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?([\w`.-]+)/i.exec(sql)?.[1];
  return namePath(name);
}

const namePath = (name: string | undefined): string[][] => (name ? [partsOf(name)] : []);

/** BigQuery's sentence, which its clients look for. */
export function missingTable(error: BigQueryError, defaults: NameDefaults): BigQueryError {
  const written = /^Table not found: (.*?)(;|$)/.exec(error.sentence)?.[1];
  if (written === undefined) return error;
  const name = written.replaceAll('`', '');
  const path = resolvePath([name], defaults);
  if (path) {
    const printed = `${path.project}:${path.dataset}.${path.table}`;
    return new BigQueryError('notFound', `Not found: Table ${printed}`, error.location);
  }
  const sentence = `Table "${name}" must be qualified with a dataset (e.g. dataset.table)`;
  return new BigQueryError('invalid', sentence, error.location);
}
