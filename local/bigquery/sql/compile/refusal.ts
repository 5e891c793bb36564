/** Names of nodes as a user of BigQuery knows them. */
const NAMES: Readonly<Record<string, string>> = {
  AggregateFunctionCall: 'an aggregate function here',
  AnalyticFunctionCall: 'a window function here',
  Flatten: 'flattening of nested arrays by a path',
  SystemVariable: 'system variables (@@name)',
  Tvfscan: 'table functions',
  GroupRowsScan: 'WITH GROUP ROWS',
  PivotScan: 'this PIVOT',
  UnpivotScan: 'this UNPIVOT',
  CreateFunctionStmt: 'CREATE FUNCTION',
  CreateTableFunctionStmt: 'CREATE TABLE FUNCTION',
  CreateProcedureStmt: 'CREATE PROCEDURE',
  CreateModelStmt: 'CREATE MODEL',
  CreateMaterializedViewStmt: 'CREATE MATERIALIZED VIEW',
  CreateExternalTableStmt: 'CREATE EXTERNAL TABLE',
  CreateSnapshotTableStmt: 'CREATE SNAPSHOT TABLE',
  CreateIndexStmt: 'CREATE INDEX',
  CreateRowAccessPolicyStmt: 'CREATE ROW ACCESS POLICY',
  ExecuteImmediateStmt: 'EXECUTE IMMEDIATE',
  CallStmt: 'CALL',
  ExplainStmt: 'EXPLAIN',
  AuxLoadDataStmt: 'LOAD DATA',
  DropFunctionStmt: 'DROP FUNCTION',
  AlterViewStmt: 'ALTER VIEW',
  AlterSchemaStmt: 'ALTER SCHEMA',
  RenameStmt: 'RENAME',
  GrantStmt: 'GRANT',
  RevokeStmt: 'REVOKE',
};

/** A node of the resolved statement in a user's words: 'CREATE FUNCTION', 'the statement Show'. */
export function describeNode(node: string): string {
  const known = NAMES[node];
  if (known) return known;
  const words = node
    .replace(/(Stmt|Scan|Node)$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toUpperCase();
  return words;
}
