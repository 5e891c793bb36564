import { type Analyzer, startAnalyzer } from '@tributary/local/bigquery/sql/analyzer';
import { parseType } from '@tributary/local/bigquery/sql/types';
import { packTable, readPacked } from '@tributary/local/bigquery/testing/proof/packed-table';

const columns = [
  { name: 'id', type: parseType('STRING') },
  { name: 'agent', type: parseType('STRING') },
  { name: 'unnamed', type: parseType('STRING') },
  { name: 'n', type: parseType('INT64') },
];
const AGENT = 'a long "name" with \\ and \n, ü and 😀, repeated in many rows';
const rows = Array.from({ length: 50 }, (_, index) => ({
  id: `id${index}`,
  agent: index % 5 === 0 ? null : `${AGENT}${index % 3}`,
  unnamed: 'x'.repeat(100),
  n: BigInt(index),
}));
const NAME = 'p.d.t';
const SQL = 'SELECT agent, id, n FROM `p.d.t` WHERE agent IS NULL OR n > 7';

let analyzer: Analyzer;
beforeAll(async () => {
  analyzer = await startAnalyzer();
});
afterAll(() => analyzer.close());

test('a packed table gives the same rows in fewer bytes', async () => {
  const run = async (sql: string, table: { columns: typeof columns; rows: typeof rows }) => {
    const entry = { path: { project: 'p', dataset: 'd', table: 't' }, kind: 'TABLE' as const };
    const tables = [{ name: NAME, entry: { ...entry, columns: table.columns }, rows: table.rows }];
    return (await analyzer.evaluate(sql, tables)).rows;
  };
  const { packed, query } = packTable(NAME, { columns, rows }, SQL);
  expect(packed.columns.map(({ name }) => name)).toEqual(['id', 'agent', 'n']);
  expect(packed.rows[1]?.agent).toBe(0n);
  const table = packed as unknown as { columns: typeof columns; rows: typeof rows };
  const unpacked = await run(readPacked(SQL, NAME, query), table);
  expect(unpacked).toEqual(await run(SQL, { columns, rows }));
});

test('only the name in backticks is replaced', () => {
  const sql = "SELECT '`p.d.t`' FROM `p.d.t` -- `p.d.t`";
  expect(readPacked(sql, NAME, '(q)')).toBe("SELECT '`p.d.t`' FROM (q) -- `p.d.t`");
});

test('a column that a JSON path names is kept', () => {
  const sql = "SELECT JSON_VALUE(TO_JSON(t), '$.unnamed') FROM `p.d.t` AS t";
  const { packed } = packTable(NAME, { columns, rows }, sql);
  expect(packed.columns.map(({ name }) => name)).toEqual(['unnamed']);
});
