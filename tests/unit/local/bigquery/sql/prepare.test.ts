import { Workbench } from './workbench';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
  await bench.addTable(
    'orders',
    [
      { name: 'id', type: { kind: 'INT64' } },
      { name: 'channel', type: { kind: 'STRING' } },
      { name: 'amount', type: { kind: 'INT64' } },
    ],
    [
      { id: 1n, channel: 'a', amount: 10n },
      { id: 2n, channel: 'a', amount: 5n },
      { id: 3n, channel: null, amount: 7n },
    ],
  );
});
afterAll(() => bench.close());

test('a query with CTEs, joins, aggregates and windows', async () => {
  const rows = await bench.select(`
    WITH sums AS (SELECT channel, SUM(amount) AS total FROM orders GROUP BY channel)
    SELECT o.id, s.total, ROW_NUMBER() OVER (PARTITION BY o.channel ORDER BY o.id DESC) AS n
    FROM ds.orders AS o LEFT JOIN sums AS s ON s.channel = o.channel
    ORDER BY o.channel, o.id`);
  expect(rows).toEqual([
    { id: 3n, total: null, n: 1n },
    { id: 1n, total: 15n, n: 2n },
    { id: 2n, total: 15n, n: 1n },
  ]);
});

test('a table made, filled, merged and dropped', async () => {
  const rows = await bench.select(`
    CREATE TABLE \`p.ds.t\` AS SELECT id, amount FROM \`p.ds.orders\` WHERE channel = 'a';
    INSERT INTO \`p\`.\`ds\`.\`t\` (id, amount) VALUES (9, 9);
    MERGE t AS T USING (SELECT 1 AS id, 100 AS amount UNION ALL SELECT 4, 4) AS S ON T.id = S.id
    WHEN MATCHED THEN UPDATE SET amount = S.amount
    WHEN NOT MATCHED BY TARGET THEN INSERT (id, amount) VALUES (id, amount)
    WHEN NOT MATCHED BY SOURCE AND T.id = 9 THEN DELETE;
    SELECT * FROM t ORDER BY id;
    DROP TABLE t`);
  expect(rows).toEqual([
    { id: 1n, amount: 100n },
    { id: 2n, amount: 5n },
    { id: 4n, amount: 4n },
  ]);
});
