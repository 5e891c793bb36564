import { UnsupportedError } from '@tributary/local/bigquery/sql/errors';
import { Workbench } from './workbench';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.run(`
    CREATE OR REPLACE TABLE t AS SELECT * FROM UNNEST([
      STRUCT(1 AS id, 'a' AS k, [1, 2] AS list), (2, 'b', []), (3, NULL, [3])]);
    CREATE OR REPLACE TABLE s AS SELECT * FROM UNNEST([
      STRUCT(2 AS id, 'B' AS k), (3, 'C'), (4, 'D')]);
    CREATE OR REPLACE VIEW big AS SELECT id, k FROM ds.s WHERE id > 2`);
});

const rows = async (columns = 'id, k') => {
  const answer = await bench.run(`SELECT ${columns} FROM t ORDER BY id`);
  return answer.rows.map((row) =>
    row.map((cell) => (typeof cell === 'bigint' ? Number(cell) : cell)),
  );
};

describe('INSERT', () => {
  test('takes VALUES with DEFAULT, and rows of a query with WITH and a view', async () => {
    await bench.run("INSERT INTO t (id, k) VALUES (7, 'x'), (8, DEFAULT)");
    await bench.run(
      'INSERT t (id, k) WITH w AS (SELECT id + 100 AS id, k FROM big) SELECT id, k FROM w',
    );
    expect(await rows()).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, null],
      [7, 'x'],
      [8, null],
      [103, 'C'],
      [104, 'D'],
    ]);
  });

  test('turns a NULL array into an empty one and refuses NULL elements', async () => {
    await bench.run('INSERT INTO t (id, list) SELECT 9, CAST(NULL AS ARRAY<INT64>)');
    const answer = await bench.run('SELECT ARRAY_LENGTH(list) AS n FROM t WHERE id = 9');
    expect(answer.rows).toEqual([[0n]]);
    await expect(bench.run('INSERT INTO t (id, list) SELECT 9, [1, NULL]')).rejects.toThrow(
      'Array cannot have a null element',
    );
  });
});

describe('UPDATE', () => {
  test('reads the row, a correlated subquery and a joined table', async () => {
    await bench.run("UPDATE t SET k = UPPER(k) WHERE k = 'a'");
    await bench.run('UPDATE t SET k = (SELECT s.k FROM s WHERE s.id = t.id) WHERE id = 2');
    await bench.run('UPDATE t SET k = b.k FROM big AS b WHERE b.id = t.id');
    expect(await rows()).toEqual([
      [1, 'A'],
      [2, 'B'],
      [3, 'C'],
    ]);
  });

  test('computes lists from lists of the row', async () => {
    await bench.run(
      'UPDATE t SET list = ARRAY(SELECT x * 10 + id FROM UNNEST(list) AS x WHERE x > 1) WHERE id <> 2',
    );
    const answer = await bench.run('SELECT list FROM t ORDER BY id');
    expect(answer.rows).toEqual([[[21n]], [[]], [[33n]]]);
  });

  test('sees old values on every right side', async () => {
    await bench.run('UPDATE t SET id = id + 10, k = CAST(id AS STRING) WHERE TRUE');
    expect(await rows()).toEqual([
      [11, '1'],
      [12, '2'],
      [13, '3'],
    ]);
  });

  test('refuses two source rows for one target row', async () => {
    await bench.run("INSERT INTO s (id, k) VALUES (2, 'twice')");
    const twice = 'UPDATE t SET k = s.k FROM s WHERE s.id = t.id';
    await expect(bench.run(twice)).rejects.toThrow('must match at most one source row');
  });
});

describe('DELETE', () => {
  test('by subquery, correlated or not', async () => {
    await bench.run('DELETE FROM t WHERE id IN (SELECT id FROM big)');
    expect(await rows()).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
    await bench.run('DELETE t WHERE EXISTS (SELECT 1 FROM s WHERE s.id = t.id)');
    expect(await rows()).toEqual([[1, 'a']]);
    await bench.run('TRUNCATE TABLE t');
    expect(await rows()).toEqual([]);
  });
});

describe('MERGE', () => {
  test('takes the first clause that holds', async () => {
    await bench.run(`
      MERGE t USING big AS b ON t.id = b.id
      WHEN MATCHED AND b.k = 'nobody' THEN DELETE
      WHEN MATCHED THEN UPDATE SET k = CONCAT(b.k, CAST(t.id AS STRING)), list = [t.id]
      WHEN NOT MATCHED THEN INSERT (id, k) VALUES (b.id, b.k)
      WHEN NOT MATCHED BY SOURCE AND t.id = 1 THEN UPDATE SET k = 'gone'
      WHEN NOT MATCHED BY SOURCE THEN DELETE`);
    expect(await rows()).toEqual([
      [1, 'gone'],
      [3, 'C3'],
      [4, 'D'],
    ]);
  });

  test('takes subqueries in its clauses and INSERT ROW', async () => {
    await bench.run(`
      MERGE t USING (SELECT id, k, [id] AS list FROM s) AS b
      ON t.id = b.id
      WHEN NOT MATCHED AND b.id = (SELECT MAX(id) FROM big) THEN INSERT ROW
      WHEN MATCHED AND t.id = (SELECT MIN(id) FROM s) THEN UPDATE SET list = ARRAY(SELECT s.id FROM s WHERE s.id > t.id ORDER BY 1)`);
    expect(await rows('id, ARRAY_LENGTH(list)')).toEqual([
      [1, 2],
      [2, 2],
      [3, 1],
      [4, 1],
    ]);
  });

  test('refuses two source rows for one changed row, not for one that stays', async () => {
    await bench.run("INSERT INTO s (id, k) VALUES (2, 'twice')");
    const merge = (condition: string) =>
      `MERGE t USING s ON t.id = s.id WHEN MATCHED ${condition} THEN UPDATE SET k = s.k`;
    await expect(bench.run(merge(''))).rejects.toThrow('must match at most one source row');
    await bench.run(merge("AND s.k = 'twice'"));
    expect(await rows()).toEqual([
      [1, 'a'],
      [2, 'twice'],
      [3, null],
    ]);
  });
});

test.each([
  ['UPDATE t SET list[OFFSET(0)] = 1 WHERE TRUE', 'a part of a column'],
  ['DELETE FROM t WHERE TRUE THEN RETURN id', 'THEN RETURN'],
  ['INSERT OR IGNORE INTO t (id) VALUES (1)', 'INSERT OR'],
  ['UPDATE big SET k = "x" WHERE TRUE', 'view big'],
])('refuses %s', async (sql, what) => {
  const error = await bench.run(sql).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect((error as Error).message).toContain(what);
  expect(error instanceof UnsupportedError || what === 'view big').toBe(true);
});
