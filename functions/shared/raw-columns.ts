/** A column as BigQuery's API describes it. */
export interface RawColumn {
  readonly name: string;
  readonly type:
    | 'STRING'
    | 'INTEGER'
    | 'FLOAT'
    | 'NUMERIC'
    | 'BOOLEAN'
    | 'TIMESTAMP'
    | 'DATE'
    | 'JSON'
    | 'RECORD';
  readonly mode?: 'REQUIRED' | 'REPEATED';
  readonly fields?: readonly RawColumn[];
}

export interface RawTable {
  readonly description: string;
  readonly columns: readonly RawColumn[];
  /** The column the table is partitioned by, in days. */
  readonly partitionBy: string;
  readonly clusterBy: readonly string[];
}

export const required = (name: string, type: RawColumn['type']): RawColumn => ({
  name,
  type,
  mode: 'REQUIRED',
});
export const optional = (name: string, type: RawColumn['type']): RawColumn => ({ name, type });
export const strings = (...names: string[]): RawColumn[] =>
  names.map((name) => optional(name, 'STRING'));
