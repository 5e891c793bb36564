import { analyzeWithCatalog } from '@tributary/local/bigquery/sql/analyze';
import { type Analyzer, startAnalyzer } from '@tributary/local/bigquery/sql/analyzer';
import type { Catalog, TableEntry } from '@tributary/local/bigquery/sql/catalog';
import type { GoogleSqlType } from '@tributary/local/bigquery/sql/types';

const table = (name: string, columns: Record<string, GoogleSqlType['kind']>): TableEntry => ({
  path: { project: 'p', dataset: 'd', table: name },
  kind: 'TABLE',
  columns: Object.entries(columns).map(([column, kind]) => ({
    name: column,
    type: { kind } as GoogleSqlType,
  })),
});

const catalogOf = (...entries: readonly TableEntry[]): Catalog => ({
  find: ({ table: name }) => entries.find(({ path }) => path.table === name),
  listTables: () => entries,
});

describe('a catalog that the analyzer keeps', () => {
  let analyzer: Analyzer;

  beforeAll(async () => {
    analyzer = await startAnalyzer();
  });

  afterAll(() => analyzer.close());

  const analyze = async (sql: string, catalog: Catalog) => {
    const request = { analyzer, catalog, defaultProject: 'p' };
    return analyzeWithCatalog(sql, { ...request, neighbours: catalog });
  };

  /** More than the analyzer waits for before it keeps one. */
  const keep = async (catalog: Catalog) => {
    for (let time = 0; time < 40; time++) {
      await analyze(`SELECT ${time} AS n FROM d.orders`, catalog);
    }
  };

  const typeOf = async (sql: string, catalog: Catalog) => {
    const { statement } = await analyze(sql, catalog);
    return statement.node === 'QueryStmt' && statement.outputColumnList[0]?.column.type;
  };

  test('makes the same of a statement as one of its own', async () => {
    const catalog = catalogOf(table('orders', { id: 'INT64' }), table('visits', { id: 'STRING' }));
    const sql =
      'SELECT v.id FROM d.orders AS o JOIN `p.d.visits` AS v ON v.id = CAST(o.id AS STRING)';
    const alone = await analyzeWithCatalog(sql, { analyzer, catalog, defaultProject: 'p' });
    await keep(catalog);
    expect(await analyze(sql, catalog)).toEqual(alone);
  });

  test('never shows columns that a table had before', async () => {
    const before = catalogOf(table('orders', { id: 'INT64' }));
    const after = catalogOf(table('orders', { id: 'STRING' }));
    await keep(before);
    expect(await typeOf('SELECT id FROM d.orders', before)).toEqual({ kind: 'INT64' });
    expect(await typeOf('SELECT id FROM d.orders', after)).toEqual({ kind: 'STRING' });
    expect(await typeOf('SELECT id FROM d.orders', before)).toEqual({ kind: 'INT64' });
  });

  test.each([
    ['in FROM', 'SELECT * FROM d.visits'],
    [
      'where names are not listed beforehand',
      'SELECT id FROM d.orders QUALIFY ROW_NUMBER() OVER (ORDER BY id) IN (SELECT id FROM d.visits)',
    ],
  ])('knows no table that is gone, %s', async (_, sql) => {
    const orders = table('orders', { id: 'INT64' });
    await keep(catalogOf(orders, table('visits', { id: 'INT64' })));
    await expect(analyze(sql, catalogOf(orders))).rejects.toThrow(
      /Table not found|Not found: Table/,
    );
  });

  test('gives the entry of now, of a table whose columns stayed', async () => {
    const orders = table('orders', { id: 'INT64' });
    await keep(catalogOf(orders));
    const now = { ...orders, description: 'made anew' };
    const { statement } = await analyze('SELECT id FROM d.orders', catalogOf(now));
    expect(JSON.stringify(statement)).toContain('made anew');
  });

  describe('answers in one call', () => {
    const orders = table('orders', { id: 'INT64', day: 'DATE' });
    const visits = table('visits', { id: 'INT64', day: 'DATE' });
    const catalog = catalogOf(orders, visits);

    const countExtractions = async (sql: string) => {
      await keep(catalog);
      const extract = jest.spyOn(analyzer, 'extractTables');
      try {
        const analyzed = await analyze(sql, catalog);
        return { analyzed, extractions: extract.mock.calls.length };
      } finally {
        extract.mockRestore();
      }
    };

    test.each([
      ['a query', 'SELECT v.id FROM d.visits AS v JOIN d.orders AS o USING (id)'],
      ['a model', 'CREATE TABLE d.made PARTITION BY day AS SELECT * FROM d.visits'],
      ['a view', 'CREATE VIEW d.seen AS SELECT id FROM d.visits'],
      ['a table like another', 'CREATE TABLE d.made LIKE d.orders'],
      ['an insert', 'INSERT INTO d.visits (id) SELECT id FROM d.orders'],
      [
        'a merge',
        'MERGE d.visits AS v USING d.orders AS o ON v.id = o.id WHEN MATCHED THEN DELETE',
      ],
      ['no table', "SELECT 'FROM d.orders' AS text -- FROM d.orders"],
    ])('%s, as with a catalog of its own', async (_, sql) => {
      const alone = await analyzeWithCatalog(sql, { analyzer, catalog, defaultProject: 'p' });
      const { analyzed, extractions } = await countExtractions(sql);
      expect(analyzed).toEqual(alone);
      expect(extractions).toBe(0);
    });

    test.each([
      ['a table after a comma', 'SELECT o.id FROM d.visits AS v, d.orders AS o'],
      ['another spelling', 'SELECT id FROM d . visits'],
    ])('but not where %s was overlooked', async (_, sql) => {
      const alone = await analyzeWithCatalog(sql, { analyzer, catalog, defaultProject: 'p' });
      const { analyzed, extractions } = await countExtractions(sql);
      expect(analyzed).toEqual(alone);
      expect(extractions).toBe(1);
    });

    test('and errors keep their sentences', async () => {
      await keep(catalog);
      await expect(analyze('SELECT ix FROM d.orders', catalog)).rejects.toThrow(
        /Unrecognized name: ix/,
      );
      await expect(analyze('SELECT 1 FROM d.order', catalog)).rejects.toThrow('p:d.order');
    });
  });
});
