import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Finished, finish } from '../support/tributary-command';

const command = resolve(__dirname, '../../local/cli/tributary.js');

/** A Dataform project of somebody else: nothing installed, declarations without schemas. */
const PROJECT = {
  'workflow_settings.yaml': `dataformCoreVersion: 3.0.20
defaultProject: my-project
defaultLocation: EU
defaultDataset: analytics
vars:
  first_day: "2026-01-01"
`,
  'definitions/sources.js': `
declare({ schema: "raw", name: "orders" });
declare({ schema: "shop", name: "orders" });
`,
  // Merges the last day and those after it: late orders of earlier days are lost.
  'definitions/daily_orders.sqlx': `config { type: "incremental", uniqueKey: ["order_date"] }

SELECT DATE(ordered_at) AS order_date, COUNT(*) AS order_count, SUM(amount) AS amount
FROM \${ref("raw", "orders")}
WHERE DATE(ordered_at) >= DATE '\${dataform.projectConfig.vars.first_day}'
  \${when(incremental(), \`AND DATE(ordered_at) >= (SELECT MAX(order_date) FROM \${self()})\`)}
GROUP BY order_date
`,
  'definitions/both_orders.sqlx': `config { type: "view" }

SELECT order_id, 'raw' AS dataset FROM \${ref("raw", "orders")}
UNION ALL
SELECT order_id, 'shop' AS dataset FROM \${ref("shop", "orders")}
`,
  'definitions/wrong.sqlx': `config { type: "table" }

SELECT
  order_id,
  no_such_column
FROM \${ref("shop", "orders")}
`,
  // Without a key each run adds all orders once more.
  'definitions/appended.sqlx': `config { type: "incremental" }

SELECT order_id FROM \${ref("shop", "orders")}
`,
  // NUMERIC, as bq show --schema prints it: from the rows it would be FLOAT64.
  'tests/schemas/raw.orders.json': JSON.stringify([
    { name: 'order_id', type: 'STRING', mode: 'REQUIRED' },
    { name: 'ordered_at', type: 'TIMESTAMP' },
    { name: 'amount', type: 'NUMERIC' },
  ]),
};

const ORDERS = `- { order_id: o1, ordered_at: 2026-01-01 10:00:00, amount: 0.1 }
- { order_id: o2, ordered_at: 2026-01-02 10:00:00, amount: 0.2 }
`;
const CASES = {
  'daily_orders/grows/given/raw.orders.yaml': ORDERS,
  'daily_orders/grows/expected.yaml': `
- { order_date: 2026-01-01, order_count: 1, amount: 0.1 }
- { order_date: 2026-01-02, order_count: 1, amount: 0.2 }
`,
  'daily_orders/grows/added_2/raw.orders.csv':
    'order_id,ordered_at,amount\no3,2026-01-02 11:00:00,0.1\n',
  'daily_orders/grows/expected_2.yaml': `
- { order_date: 2026-01-01, order_count: 1, amount: 0.1 }
- { order_date: 2026-01-02, order_count: 2, amount: 0.3 }
`,
  'daily_orders/late/given/raw.orders.yaml': ORDERS,
  'daily_orders/late/expected.yaml': '- { order_date: 2026-01-01 }\n- { order_date: 2026-01-02 }\n',
  'daily_orders/late/added_2/raw.orders.yaml':
    '- { order_id: o0, ordered_at: 2026-01-01 09:00:00, amount: 1 }\n',
  'daily_orders/late/expected_2.yaml': `
- { order_date: 2026-01-01, order_count: 2 }
- { order_date: 2026-01-02, order_count: 1 }
`,
  'daily_orders/other_vars/case.yaml': 'vars: { first_day: "2026-01-02" }\n',
  'daily_orders/other_vars/given/raw.orders.yaml': ORDERS,
  'daily_orders/other_vars/expected.yaml': '- { order_date: 2026-01-02, order_count: 1 }\n',
  'both_orders/by_dataset/given/raw.orders.yaml': '- { order_id: a }\n',
  'both_orders/by_dataset/given/shop.orders.yaml': '- { order_id: b }\n',
  'both_orders/by_dataset/expected.yaml':
    '- { order_id: a, dataset: raw }\n- { order_id: b, dataset: shop }\n',
  'both_orders/mistyped/given/shop.orders.yaml': '- { order_idd: b }\n',
  'both_orders/mistyped/expected.yaml': '[]\n',
  'both_orders/unknown_column/expected.yaml': '- { colour: red }\n',
  'both_orders/unclear/given/orders.yaml': '- { order_id: a }\n',
  'both_orders/unclear/expected.yaml': '[]\n',
  'appended/not_idempotent/given/shop.orders.yaml': '- { order_id: a }\n- { order_id: b }\n',
  'appended/not_idempotent/expected.yaml': '- { order_id: a }\n- { order_id: b }\n',
  'appended/with_reasons/case.yaml': `
description: Rows stay for ever.
repeat_differs: each run is a snapshot
full_refresh_differs: snapshots are kept
`,
  'appended/with_reasons/before/appended.yaml': '- { order_id: old }\n',
  'appended/with_reasons/given/shop.orders.yaml': '- { order_id: a }\n- { order_id: b }\n',
  'appended/with_reasons/expected.yaml':
    '- { order_id: a }\n- { order_id: b }\n- { order_id: old }\n',
  'appended/with_reasons/removed_2/shop.orders.yaml': '- { order_id: a }\n',
  'appended/with_reasons/expected_2.csv': 'order_id\na\nb\nb\nold\n',
  'appended/removed_twice/given/shop.orders.yaml': '- { order_id: a }\n',
  'appended/removed_twice/expected.yaml': '- { order_id: a }\n',
  'appended/removed_twice/removed_2/shop.orders.yaml': '- { order_id: b }\n',
  'appended/removed_twice/expected_2.yaml': '[]\n',
  'appended/no_error/case.yaml': 'expected_error: division by zero\n',
  'wrong/expected_mistake/case.yaml': 'expected_error: no_such_column\n',
  'wrong/expected_mistake/given/shop.orders.yaml': '- { order_id: b }\n',
  'wrong/a_mistake/given/shop.orders.yaml': '- { order_id: b }\n',
  'wrong/a_mistake/expected.yaml': '[]\n',
};

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tributary-foreign-'));
  write(PROJECT);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>, under = '.'): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, under, name)), { recursive: true });
    writeFileSync(join(dir, under, name), text);
  }
}

function tributary(...args: readonly string[]): Promise<Finished> {
  return finish(spawn(process.execPath, [command, ...args], { cwd: dir }));
}

test('a foreign project without cases, and a folder without project', async () => {
  const { code, stderr } = await tributary('test');
  expect(stderr).toMatch(/^Error: No cases in .*; make the first: .*expected\.yaml\.\n$/);
  expect(code).toBe(1);
  rmSync(join(dir, 'workflow_settings.yaml'));
  const outside = await tributary('test');
  expect(outside.stderr).toMatch(/^Error: No workflow_settings\.yaml or dataform\.json in /);
  expect(outside.code).toBe(1);
});

/** The preload of dataform's worker is silent where it fails: then all is only slower. */
const keptModels = resolve(__dirname, '../../node_modules/.cache/tributary/models.json');

test('a foreign project: each case in one line, each difference by key', async () => {
  write(CASES, 'tests/models');
  const { code, stdout, stderr } = await tributary('test');
  expect(stderr).toBe('');
  expect(stdout.replace(/\d+\.\d s/g, '0.0 s')).toBe(`✗ appended/no_error  0.0 s
  run 1: expected an error with 'division by zero', but the run succeeded.
✗ appended/not_idempotent  0.0 s
  one more run without new input changed the table: 2 differences
    order_id  column  expected  actual
    --------  ------  --------  --------
    a         (row)   no row    this row
    b         (row)   no row    this row
  a full refresh gives other rows (expected) than the runs: 2 differences
    order_id  column  expected  actual
    --------  ------  --------  --------
    a         (row)   no row    this row
    b         (row)   no row    this row
✗ appended/removed_twice  0.0 s
  run 2: 1 of the rows to remove from orders found nothing to remove.
✓ appended/with_reasons  0.0 s
✓ both_orders/by_dataset  0.0 s
✗ both_orders/mistyped  0.0 s
  the inputs: tests/models/both_orders/mistyped/given/shop.orders.yaml: no model reads order_idd, and no other file has it: write order_id, or name the column in tests/schemas/shop.orders.yaml.
✗ both_orders/unclear  0.0 s
  the inputs: orders is in raw and in shop: name the file raw.orders or shop.orders.
✗ both_orders/unknown_column  0.0 s
  run 1: tests/models/both_orders/unknown_column/expected.yaml: both_orders has no column colour; it has order_id, dataset.
✓ daily_orders/grows  0.0 s
✗ daily_orders/late  0.0 s
  after run 2: 1 difference
    order_date  column       expected  actual
    ----------  -----------  --------  ------
    2026-01-01  order_count  2         1
  a full refresh gives other rows (expected) than the runs: 2 differences
    order_date  column       expected  actual
    ----------  -----------  --------  ------
    2026-01-01  order_count  2         1
    2026-01-01  amount       1.1       0.1
✓ daily_orders/other_vars  0.0 s
✗ wrong/a_mistake  0.0 s
  run 1: definitions/wrong.sqlx:5: Unrecognized name: no_such_column, in: no_such_column
✓ wrong/expected_mistake  0.0 s

13 cases: 5 passed, 8 failed; 4 repeated, 4 compared with a full refresh; 0.0 s
`);
  expect(existsSync(keptModels)).toBe(true);
  expect(code).toBe(1);
});

/** Tables that refuse queries without a filter over their partitions. */
const FILTERED = {
  'definitions/daily.sqlx': `config {
  type: "incremental",
  uniqueKey: ["order_id"],
  bigquery: { partitionBy: "DATE(ordered_at)", requirePartitionFilter: true }
}

SELECT order_id, ordered_at FROM \${ref("raw", "orders")}
`,
  'definitions/weekly.sqlx': `config {
  type: "incremental",
  uniqueKey: ["order_id"],
  bigquery: {
    partitionBy: "DATE(ordered_at)",
    requirePartitionFilter: true,
    updatePartitionFilter: "ordered_at >= '2026-01-01'",
    clusterBy: ["order_id"]
  }
}

SELECT order_id, ordered_at FROM \${ref("raw", "orders")}
`,
  'definitions/reader.sqlx': `config { type: "table" }

SELECT COUNT(*) AS order_count
FROM \${ref("daily")}
`,
  'definitions/reader_by_day.sqlx': `config { type: "table" }

SELECT COUNT(*) AS order_count FROM \${ref("daily")} WHERE ordered_at >= '2026-01-01'
`,
  'definitions/reader_view.sqlx': `config { type: "view" }

SELECT order_id, ordered_at FROM \${ref("daily")}
`,
};

test('a required partition filter is required in cases too', async () => {
  write(FILTERED);
  const rows = '- { order_id: o1, ordered_at: 2026-01-02 10:00:00 }\n';
  write(
    {
      'daily/merged/given/raw.orders.yaml': rows,
      'daily/merged/expected.yaml': rows,
      'weekly/merged/given/raw.orders.yaml': rows,
      'weekly/merged/expected.yaml': rows,
      'reader/all/given/daily.yaml': rows,
      'reader/all/expected.yaml': '- { order_count: 1 }\n',
      'reader_by_day/some/given/daily.yaml': rows,
      'reader_by_day/some/expected.yaml': '- { order_count: 1 }\n',
      'reader_view/all/given/daily.yaml': rows,
      'reader_view/all/expected.yaml': rows,
    },
    'tests/models',
  );
  const { stdout } = await tributary('test');
  const refusal =
    "Cannot query over table 'my-project.analytics.daily' without a filter over column(s) 'ordered_at' that can be used for partition elimination";
  expect(stdout.replace(/\d+\.\d s/g, '0.0 s')).toBe(`✗ daily/merged  0.0 s
  repeat: definitions/daily.sqlx: ${refusal}
✗ reader/all  0.0 s
  run 1: definitions/reader.sqlx: ${refusal}
✓ reader_by_day/some  0.0 s
✓ reader_view/all  0.0 s
✓ weekly/merged  0.0 s

5 cases: 3 passed, 2 failed; 2 repeated, 1 compared with a full refresh; 0.0 s
`);
  write({
    'definitions/loads.sqlx': 'config { type: "table" }\n\nSELECT CURRENT_TIMESTAMP() AS t\n',
  });
  const names = ['weekly', 'reader', 'loads'];
  const proven = await tributary('prove', 'models', ...names, '--rows', '20');
  expect(proven.stdout).toMatch(/^1 model left out: /m);
  expect(proven.stdout).toMatch(/^weekly {2}.* equal$/m);
  expect(proven.stdout).toContain(`DuckDB failed: ${refusal}`);
});

test('a foreign project runs whole, and nothing is fetched for the version it names', async () => {
  rmSync(join(dir, 'definitions'), { recursive: true });
  write({
    'definitions/made.sqlx': `config { type: "operations", hasOutput: true }

CREATE OR REPLACE TABLE \${self()} AS SELECT 1 AS x
`,
    'definitions/reader.sqlx': `config { type: "table", assertions: { nonNull: ["x"] } }

SELECT x FROM \${ref("made")}
`,
  });
  const { code, stdout, stderr } = await tributary('run', '--costs');
  expect(stderr).toMatch(/^Models: done/m);
  expect(stdout).toMatch(/^reader /m);
  expect(stdout).toMatch(/^sum of 3 /m);
  expect(code).toBe(0);
});

test('cases by name, and JSON', async () => {
  write(CASES, 'tests/models');
  const args = ['both_orders/by_dataset', 'tests/models/daily_orders/grows/'];
  const { code, stdout } = await tributary('test', ...args, '--json', '--parallel', '1');
  expect(JSON.parse(stdout)).toMatchObject({
    passed: 2,
    failed: 0,
    cases: [
      { model: 'both_orders', case: 'by_dataset', isPassed: true, checks: ['run 1'] },
      { case: 'grows', checks: ['run 1', 'run 2', 'repeat', 'full refresh'], findings: [] },
    ],
  });
  expect(code).toBe(0);
  const unknown = await tributary('test', 'nobody');
  expect(unknown.stderr).toBe(
    'Error: No case is named nobody; models with cases: appended, both_orders, daily_orders, wrong.\n',
  );
});
