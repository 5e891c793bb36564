import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SqlValue } from '@tributary/local/bigquery/sql/analyzer';
import type { Column } from '@tributary/local/bigquery/sql/catalog';
import { BigQueryError } from '@tributary/local/bigquery/sql/errors';
import { type GoogleSqlType, parseType } from '@tributary/local/bigquery/sql/types';
import { type Rows, Workbench } from '../unit/local/bigquery/sql/workbench';

/**
 * 125 constructs of a marketing warehouse. Each is right (as documented, or as the reference
 * engine answers) or refused by name; none may be wrong silently.
 */
const FILE = join(__dirname, '../../../shared/data/googlesql/constructs.json');
const LEAST_RIGHT = 114;

/** Queries with the same answer, for what the reference engine cannot run. */
const EQUIVALENTS: Readonly<Record<string, string>> = {
  'str.misc2': `
    SELECT TRUE AS a, STARTS_WITH('abc','ab') AS b, ENDS_WITH('abc','bc') AS c,
      CHAR_LENGTH('äb') AS d, BYTE_LENGTH('äb') AS e, LOWER('ÄB') AS f, LEFT('abc',2) AS g,
      RIGHT('abc',2) AS h, TRANSLATE('abc','ab','xy') AS i`,
  'group.grouping_sets': `
    WITH o AS (SELECT * FROM \`p.ds.orders\` WHERE channel IS NOT NULL)
    SELECT channel, CAST(NULL AS STRING) AS user_id, SUM(qty) AS q FROM o GROUP BY 1
    UNION ALL SELECT NULL, user_id, SUM(qty) FROM o GROUP BY 2
    UNION ALL SELECT NULL, NULL, SUM(qty) FROM o
    ORDER BY 1, 2`,
};

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

interface Constructs {
  readonly tables: Readonly<
    Record<string, { cols: Record<string, string>; rows: Record<string, Json>[] }>
  >;
  readonly cases: readonly { id: string; sql: string | string[]; expect?: Json }[];
}

type Outcome = {
  readonly verdict: 'right' | 'refused' | 'failed' | 'wrong';
  readonly note: string;
};

const present = existsSync(FILE);
const constructs = present ? (JSON.parse(readFileSync(FILE, 'utf8')) as Constructs) : undefined;
if (!present) console.info(`${FILE} is absent: the constructs are not run`);

(present ? test : test.skip)('the constructs are right or refused by name', async () => {
  const { tables, cases } = constructs as Constructs;
  const outcomes = new Map<string, Outcome>();
  const bench = await Workbench.open();
  try {
    for (const [name, { cols, rows }] of Object.entries(tables)) {
      const columns = Object.entries(cols).map(([column, type]) => ({
        name: column,
        type: parseType(type),
      }));
      await bench.addTable(
        name.split('.')[2] as string,
        columns,
        rows.map((row) => readRow(row, columns)),
      );
    }
    for (const { id, sql, expect: expected } of cases) {
      outcomes.set(id, await judge(bench, id, [sql].flat(), expected));
    }
  } finally {
    await bench.close();
  }
  const of = (verdict: Outcome['verdict']) =>
    [...outcomes]
      .filter(([, outcome]) => outcome.verdict === verdict)
      .map(([id, { note }]) => `${id}: ${note}`);
  const counts = ['right', 'refused', 'failed', 'wrong'].map(
    (v) => `${of(v as 'right').length} ${v}`,
  );
  console.info(
    [
      counts.join(', '),
      ...of('refused'),
      '--- failed',
      ...of('failed'),
      '--- wrong',
      ...of('wrong'),
    ].join('\n'),
  );
  expect(of('wrong')).toEqual([]);
  expect(of('failed')).toEqual([]);
  expect(of('right').length).toBeGreaterThanOrEqual(LEAST_RIGHT);
});

async function judge(
  bench: Workbench,
  id: string,
  script: string[],
  expected: Json | undefined,
): Promise<Outcome> {
  let answer: Rows;
  try {
    answer = await bench.run(script.join(';\n'));
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error);
    return { verdict: error instanceof BigQueryError ? 'refused' : 'failed', note };
  }
  try {
    const ordered = /\bORDER BY\b/i.test(script.at(-1) as string);
    const got = comparable(answer, ordered);
    const want =
      expected === undefined
        ? await referenceOf(bench, EQUIVALENTS[id] ?? script, ordered)
        : documented(expected, ordered);
    if (got === want) return { verdict: 'right', note: '' };
    return { verdict: 'wrong', note: `got ${got}, expected ${want}` };
  } catch (error) {
    return { verdict: 'failed', note: `no answer to compare with: ${(error as Error).message}` };
  }
}

/** Statements without rows (a transaction, an assertion) are right when they run. */
async function referenceOf(
  bench: Workbench,
  script: string | string[],
  ordered: boolean,
): Promise<string> {
  const last = [script]
    .flat()
    .filter((text) => /^\s*(SELECT|WITH)\b/i.test(text))
    .at(-1);
  return last === undefined ? '[]' : comparable(await bench.reference(last), ordered);
}

function comparable({ columns, rows }: Rows, ordered: boolean): string {
  return inOrder(
    rows.map((row) =>
      Object.fromEntries(
        columns.map((column, i) => [column.name, plain(row[i] as SqlValue, column.type)]),
      ),
    ),
    ordered,
  );
}

function documented(rows: Json, ordered: boolean): string {
  return inOrder(rows as readonly Json[], ordered);
}

function inOrder(rows: readonly unknown[], ordered: boolean): string {
  const texts = rows.map((row) => JSON.stringify(row));
  return `[${(ordered ? texts : texts.sort()).join(',')}]`;
}

/** Values as the file writes them. Names of anonymous columns differ and do not matter. */
function plain(value: SqlValue, type: GoogleSqlType): Json {
  if (value === null) return type.kind === 'ARRAY' ? [] : null;
  if (type.kind === 'ARRAY')
    return (value as readonly SqlValue[]).map((item) => plain(item, type.element));
  if (type.kind === 'STRUCT') {
    const values = Object.entries(value as Record<string, SqlValue>);
    return Object.fromEntries(
      values.map(([name, item], i) => [
        name,
        plain(item, (type.fields[i] as { type: GoogleSqlType }).type),
      ]),
    );
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'number')
    return Number.isFinite(value) ? Number(value.toPrecision(13)) : String(value);
  return value as Json;
}

function readRow(row: Record<string, Json>, columns: readonly Column[]): Record<string, SqlValue> {
  return Object.fromEntries(
    columns.map(({ name, type }) => [name, readValue(row[name] ?? null, type)]),
  );
}

function readValue(value: Json, type: GoogleSqlType): SqlValue {
  if (value === null) return null;
  switch (type.kind) {
    case 'INT64':
      return BigInt(value as number);
    case 'NUMERIC':
      return String(value);
    case 'TIMESTAMP':
      return `${value}+00`;
    case 'ARRAY':
      return (value as readonly Json[]).map((item) => readValue(item, type.element));
    case 'STRUCT': {
      const fields = value as Readonly<Record<string, Json>>;
      return Object.fromEntries(
        type.fields.map((field) => [field.name, readValue(fields[field.name] ?? null, field.type)]),
      );
    }
    default:
      return value as SqlValue;
  }
}
